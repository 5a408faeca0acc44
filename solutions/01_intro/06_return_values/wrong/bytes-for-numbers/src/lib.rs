//! Reads a server log, line by line.

#[pyo3::pymodule]
mod return_values {
    use std::collections::HashMap;

    use pyo3::prelude::*;

    /// Time, level and message of a line such as `14:55:03 WARN disk is full`. The message may be missing. Any other
    /// line gives `None`.
    fn fields(line: &str) -> Option<(&str, &str, Option<&str>)> {
        let mut parts = line.splitn(3, ' ');
        let (time, level) = (parts.next()?, parts.next()?);
        let is_time = time.len() == 8 && time.bytes().all(|b| b.is_ascii_digit() || b == b':');
        is_time.then_some((time, level, parts.next()))
    }

    /// The parts of a line. In Python it is a `dict`.
    #[derive(IntoPyObject)]
    struct Entry<'a> {
        time: &'a str,
        level: &'a str,
        message: Option<&'a str>,
    }

    /// Python gets a `dict` with the keys `time`, `level` and `message`. A missing message is `None`. For
    /// a line of another kind, Python gets `None`.
    #[pyfunction]
    fn parse(line: &str) -> Option<Entry<'_>> {
        let (time, level, message) = fields(line)?;
        Some(Entry {
            time,
            level,
            message,
        })
    }

    /// How many lines each level has: a `dict` from level to number.
    #[pyfunction]
    fn levels(lines: Vec<String>) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for (_, level, _) in lines.iter().filter_map(|line| fields(line)) {
            *counts.entry(level.to_owned()).or_default() += 1;
        }
        counts
    }

    /// How many lines each hour of the day has: a `list` of 24 numbers. A time outside those hours is
    /// not counted.
    #[pyfunction]
    fn per_hour(lines: Vec<String>) -> Vec<u8> {
        let mut hours = vec![0u8; 24];
        for (time, ..) in lines.iter().filter_map(|line| fields(line)) {
            let hour = time.get(..2).and_then(|hour| hour.parse::<usize>().ok());
            if let Some(count) = hour.and_then(|hour| hours.get_mut(hour)) {
                *count = count.saturating_add(1);
            }
        }
        hours
    }

    /// The times of the first and the last line that have one: a `tuple`, or `None` if no line has a time.
    #[pyfunction]
    fn span(lines: Vec<String>) -> Option<(String, String)> {
        let mut times = lines
            .iter()
            .filter_map(|line| fields(line))
            .map(|(time, ..)| time);
        let first = times.next()?;
        let last = times.next_back().unwrap_or(first);
        Some((first.to_owned(), last.to_owned()))
    }
}
