//! Durations as people write them: `1h30m`, `2d`, `45s`.

#[pyo3::pymodule]
mod exceptions {
    use std::path::PathBuf;

    use pyo3::exceptions::{PyOverflowError, PyValueError};
    use pyo3::prelude::*;

    /// A duration in seconds. It has at least one part, and each part is an integer followed by `d`, `h`, `m` or `s`.
    /// The number is anything that `parse` accepts, so `+5m` is `5m`.
    #[pyfunction]
    fn seconds(text: &str) -> PyResult<u64> {
        if text.is_empty() {
            return Err(PyValueError::new_err("an empty text is not a duration"));
        }
        let mut total = 0;
        for part in text.split_inclusive(char::is_alphabetic) {
            total = add(total, part_in_seconds(part)?)?;
        }
        Ok(total)
    }

    fn part_in_seconds(part: &str) -> PyResult<u64> {
        let wrong = || PyValueError::new_err(format!("{part:?} is not a number with a unit"));
        let (number, unit) = part.split_at(part.len() - 1);
        let number: u64 = number.parse().map_err(|_| wrong())?;
        let factor = match unit {
            "d" => 24 * 60 * 60,
            "h" => 60 * 60,
            "m" => 60,
            "s" => 1,
            _ => return Err(wrong()),
        };
        number.checked_mul(factor).ok_or_else(too_long)
    }

    fn add(total: u64, more: u64) -> PyResult<u64> {
        total.checked_add(more).ok_or_else(too_long)
    }

    fn too_long() -> PyErr {
        PyOverflowError::new_err("the duration is too long to be counted in seconds")
    }

    /// The sum of the durations in a file with one per line.
    #[pyfunction]
    fn seconds_in_file(path: PathBuf) -> PyResult<u64> {
        let text = std::fs::read_to_string(path)?;
        text.lines()
            .try_fold(0, |total, line| add(total, seconds(line)?))
    }
}
