//! Photos in an album.

#[pyo3::pymodule]
mod photos {
    use pyo3::exceptions::{PyAttributeError, PyValueError};
    use pyo3::prelude::*;
    use pyo3::types::PyList;

    // ANCHOR: fields
    /// A photo.
    #[pyclass]
    struct Photo {
        /// The text below it.
        #[pyo3(get, set)]
        caption: String,
        #[pyo3(get)]
        width: u32,
        #[pyo3(get)]
        height: u32,
        place: Option<String>,
        // ANCHOR_END: fields
        // ANCHOR: lists
        /// Copied into a new list whenever it is read.
        #[pyo3(get)]
        people: Vec<String>,
        /// One Python list, shared by everyone.
        #[pyo3(get)]
        tags: Py<PyList>,
        // ANCHOR_END: lists
    }

    #[pymethods]
    impl Photo {
        #[new]
        fn new(py: Python<'_>, width: u32, height: u32, people: Vec<String>) -> Self {
            Photo {
                caption: String::new(),
                width,
                height,
                place: None,
                people,
                tags: PyList::empty(py).unbind(),
            }
        }

        // ANCHOR: ratio
        /// Width divided by height.
        #[getter]
        fn ratio(&self) -> f64 {
            f64::from(self.width) / f64::from(self.height)
        }
        // ANCHOR_END: ratio

        // ANCHOR: place
        /// Where it was taken. As long as that is unknown, there is no such attribute.
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
        // ANCHOR_END: place
    }
}
