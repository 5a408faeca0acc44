//! Reads a server log, line by line.

// TODO: give each function below a return type. The doc comments name the type that Python expects.
#[pyo3::pymodule]
mod return_values {
    use pyo3::prelude::*;

    /// Time, level and message of a line such as `14:55:03 WARN disk is full`. The message may be missing. Any other
    /// line gives `None`.
    fn fields(line: &str) -> Option<(&str, &str, Option<&str>)> {
        let mut parts = line.splitn(3, ' ');
        let (time, level) = (parts.next()?, parts.next()?);
        let is_time = time.len() == 8 && time.bytes().all(|b| b.is_ascii_digit() || b == b':');
        is_time.then_some((time, level, parts.next()))
    }

    /// Python gets a `dict` with the keys `time`, `level` and `message`. A missing message is `None`. For
    /// a line of another kind, Python gets `None`.
    #[pyfunction]
    fn parse(line: &str) {
        todo!("return the parts {:?}", fields(line))
    }

    /// How many lines each level has: a `dict` from level to number.
    #[pyfunction]
    fn levels(lines: Vec<String>) {
        todo!("count the levels of {lines:?}")
    }

    /// How many lines each hour of the day has: a `list` of 24 numbers. A time outside those hours is
    /// not counted.
    #[pyfunction]
    fn per_hour(lines: Vec<String>) {
        todo!("count the hours of {lines:?}")
    }

    /// The times of the first and the last line that have one: a `tuple`, or `None` if no line has a time.
    #[pyfunction]
    fn span(lines: Vec<String>) {
        todo!("find the first and the last time of {lines:?}")
    }
}
