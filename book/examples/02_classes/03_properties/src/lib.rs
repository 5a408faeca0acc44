//! Photos in an album.

#[pyo3::pymodule]
mod photos {
    use pyo3::exceptions::{PyAttributeError, PyValueError};
    use pyo3::prelude::*;
    use pyo3::types::PyList;

    /// A photo.
    #[pyclass]
    struct Photo {
        /// What is written below it.
        #[pyo3(get, set)]
        caption: String,
        #[pyo3(get)]
        width: u32,
        #[pyo3(get)]
        height: u32,
        /// Copied into a new list whenever it is read.
        #[pyo3(get)]
        people: Vec<String>,
        /// One Python list, which everybody shares.
        #[pyo3(get)]
        tags: Py<PyList>,
        place: Option<String>,
    }

    #[pymethods]
    impl Photo {
        #[new]
        fn new(py: Python<'_>, width: u32, height: u32, people: Vec<String>) -> Self {
            Photo {
                caption: String::new(),
                width,
                height,
                people,
                tags: PyList::empty(py).unbind(),
                place: None,
            }
        }

        /// Width by height. This is computed.
        #[getter]
        fn ratio(&self) -> f64 {
            f64::from(self.width) / f64::from(self.height)
        }

        /// Where it was taken. Until that is known, there is no such attribute.
        #[getter]
        fn place(&self) -> PyResult<&str> {
            let place = self.place.as_deref();
            place.ok_or_else(|| PyAttributeError::new_err("nobody knows where it was taken"))
        }

        #[setter]
        fn set_place(&mut self, place: String) -> PyResult<()> {
            if place.is_empty() {
                return Err(PyValueError::new_err("a place has a name"));
            }
            self.place = Some(place);
            Ok(())
        }

        #[deleter]
        fn delete_place(&mut self) {
            self.place = None;
        }
    }
}
