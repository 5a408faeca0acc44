//! What a bird watcher writes down in a morning.

// TODO: some of this needs more than the Limited API. Once you've switched it on, the compiler says what.
#[pyo3::pymodule]
mod limited_api {
    use std::ffi::CStr;

    use pyo3::ffi;
    use pyo3::prelude::*;
    use pyo3::types::{PyString, PyTuple};

    /// How many birds there were in all.
    #[pyfunction]
    fn total(counts: &Bound<'_, PyTuple>) -> PyResult<u64> {
        counts
            .as_slice()
            .iter()
            .map(|count| count.extract::<u64>())
            .sum()
    }

    /// The short name of a species: the first two letters of each word, in capitals.
    #[pyfunction]
    fn short_name(species: &Bound<'_, PyString>) -> PyResult<String> {
        // SAFETY: the pointer is one to a `str`.
        let text = unsafe { ffi::PyUnicode_AsUTF8(species.as_ptr()) };
        if text.is_null() {
            return Err(PyErr::fetch(species.py()));
        }
        // SAFETY: it isn't null, so it's a string that ends in a zero and lives as long as `species`.
        let text = unsafe { CStr::from_ptr(text) };
        let text = text.to_str().expect("Python's UTF-8 is valid");
        let letters = text
            .split_whitespace()
            .flat_map(|word| word.chars().take(2));
        Ok(letters.flat_map(char::to_uppercase).collect())
    }
}
