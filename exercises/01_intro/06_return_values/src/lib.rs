//! Reads the log of a server, line by line.

// TODO: each function below has to say what it returns. The doc comments name the type that Python expects.
#[pyo3::pymodule]
mod return_values {
    use pyo3::prelude::*;

    /// Time, level and message of a line such as `14:55:03 WARN disk is full`. The message may be missing. Other
    /// lines give `None`.
    fn fields(line: &str) -> Option<(&str, &str, Option<&str>)> {
        let mut parts = line.splitn(3, ' ');
        let (time, level) = (parts.next()?, parts.next()?);
        let is_time = time.len() == 8 && time.bytes().all(|b| b.is_ascii_digit() || b == b':');
        is_time.then_some((time, level, parts.next()))
    }

    /// Python gets a `dict` with the keys `time`, `level` and `message`. The message is `None` when there is none. For
    /// a line of another kind Python gets `None`.
    #[pyfunction]
    fn parse(line: &str) {
        todo!("what is in {:?}", fields(line))
    }

    /// How many lines there are of each level: a `dict` from level to number.
    #[pyfunction]
    fn levels(lines: Vec<String>) {
        todo!("count the levels of {lines:?}")
    }

    /// How many lines there are in each hour of the day: a `list` of 24 numbers. A time that is in no hour of the day is
    /// not counted.
    #[pyfunction]
    fn per_hour(lines: Vec<String>) {
        todo!("count the hours of {lines:?}")
    }

    /// The times of the first and the last line that carry a time: a `tuple`, or `None` when none does.
    #[pyfunction]
    fn span(lines: Vec<String>) {
        todo!("find the first and the last time of {lines:?}")
    }
}
