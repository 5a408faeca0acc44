//! What a bird watcher writes down in a morning.

#[pyo3::pymodule]
mod limited_api {
    use std::ffi::{CStr, c_char};

    use pyo3::ffi::PyObject;
    use pyo3::prelude::*;
    use pyo3::types::{PyString, PyTuple};

    // `pyo3::ffi` doesn't have it any more, but Python does.
    unsafe extern "C" {
        fn PyUnicode_AsUTF8(text: *mut PyObject) -> *const c_char;
    }

    /// How many birds there were in all.
    #[pyfunction]
    fn total(counts: &Bound<'_, PyTuple>) -> PyResult<u64> {
        counts.iter().map(|count| count.extract::<u64>()).sum()
    }

    /// The short name of a species: the first two letters of each word, in capitals.
    #[pyfunction]
    fn short_name(species: &Bound<'_, PyString>) -> PyResult<String> {
        // SAFETY: the pointer is one to a `str`.
        let text = unsafe { PyUnicode_AsUTF8(species.as_ptr()) };
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
