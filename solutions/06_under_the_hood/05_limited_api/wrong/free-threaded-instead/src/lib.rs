//! What a bird watcher writes down in a morning.

#[pyo3::pymodule]
mod limited_api {
    use pyo3::prelude::*;
    use pyo3::types::{PyString, PyTuple};

    /// How many birds there were in all.
    #[pyfunction]
    fn total(counts: &Bound<'_, PyTuple>) -> PyResult<u64> {
        counts.iter().map(|count| count.extract::<u64>()).sum()
    }

    /// The short name of a species: the first two letters of each word, in capitals.
    #[pyfunction]
    fn short_name(species: &Bound<'_, PyString>) -> PyResult<String> {
        let words = species.to_str()?.split_whitespace();
        let letters = words.flat_map(|word| word.chars().take(2));
        Ok(letters.flat_map(char::to_uppercase).collect())
    }
}
