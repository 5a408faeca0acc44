//! How long things take, as people write it: `1h30m`, `2d`, `45s`.

// TODO: this works as long as everybody writes what it expects, and panics when they do not. Let Python have exceptions:
// - `ValueError` for what is no duration, and let its message quote the part that is wrong, not the whole text;
// - `OverflowError` for a duration whose seconds do not fit into a `u64` (when the number of a part does not fit by
//   itself, `ValueError` is as good);
// - `OSError`, or rather the kind of it that fits, for a file that cannot be read.
#[pyo3::pymodule]
mod exceptions {
    use std::path::PathBuf;

    use pyo3::prelude::*;

    /// A duration in seconds. It is made of parts, at least one, and each is a whole number and one of `d`, `h`, `m`, `s`.
    /// The number is what `parse` takes for one, so `+5m` is `5m`.
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
        assert!(!text.is_empty(), "nothing is no duration");
        total
    }

    /// The sum of the durations in a file that has one on each line.
    #[pyfunction]
    fn seconds_in_file(path: PathBuf) -> u64 {
        let text = std::fs::read_to_string(path).expect("the file can be read");
        text.lines().map(seconds).sum()
    }
}
