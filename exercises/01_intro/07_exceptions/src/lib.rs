//! Durations as people write them: `1h30m`, `2d`, `45s`.

// TODO: this works for valid input and panics for everything else. Raise exceptions instead:
// - `ValueError` for text that isn't a duration; the message quotes the part that is wrong, not the whole text;
// - `OverflowError` for a duration whose seconds don't fit in a `u64` (if the number of a single part doesn't fit,
//   `ValueError` is fine, too);
// - the matching subclass of `OSError` for a file that can't be read.
#[pyo3::pymodule]
mod exceptions {
    use std::path::PathBuf;

    use pyo3::prelude::*;

    /// A duration in seconds. It has at least one part, and each part is an integer followed by `d`, `h`, `m` or `s`.
    /// The number is anything that `parse` accepts, so `+5m` is `5m`.
    #[pyfunction]
    fn seconds(text: &str) -> u64 {
        let mut total = 0;
        for part in text.split_inclusive(char::is_alphabetic) {
            let (number, unit) = part.split_at(part.len() - 1);
            let number: u64 = number.parse().unwrap();
            let factor = match unit {
                "d" => 24 * 60 * 60,
                "h" => 60 * 60,
                "m" => 60,
                "s" => 1,
                _ => panic!("unknown unit: {unit}"),
            };
            total += number * factor;
        }
        assert!(!text.is_empty(), "an empty text is not a duration");
        total
    }

    /// The sum of the durations in a file with one per line.
    #[pyfunction]
    fn seconds_in_file(path: PathBuf) -> u64 {
        let text = std::fs::read_to_string(path).expect("the file can be read");
        text.lines().map(seconds).sum()
    }
}
