//! An outline: headings with headings below them.

#[pyo3::pymodule]
mod outline {
    use std::sync::Mutex;

    use pyo3::PyTraverseError;
    use pyo3::gc::PyVisit;
    use pyo3::prelude::*;
    use pyo3::sync::MutexExt;

    // ANCHOR: leaky
    /// A first attempt: a heading that refers to another one.
    #[pyclass(weakref)]
    struct Leaky {
        #[pyo3(get, set)]
        other: Option<Py<Leaky>>,
    }
    // ANCHOR_END: leaky

    #[pymethods]
    impl Leaky {
        #[new]
        fn new() -> Self {
            Leaky { other: None }
        }
    }

    // ANCHOR: heading
    /// A heading knows those below it, and the one above.
    #[pyclass(weakref)]
    struct Heading {
        #[pyo3(get)]
        title: String,
        #[pyo3(get)]
        above: Option<Py<Heading>>,
        below: Vec<Py<Heading>>,
    }
    // ANCHOR_END: heading

    #[pymethods]
    impl Heading {
        #[new]
        fn new(title: String) -> Self {
            let (above, below) = (None, Vec::new());
            Heading {
                title,
                above,
                below,
            }
        }

        // ANCHOR: add
        fn add(slf: &Bound<'_, Self>, title: String) -> PyResult<Py<Heading>> {
            let mut heading = Heading::new(title);
            heading.above = Some(slf.clone().unbind());
            let heading = Py::new(slf.py(), heading)?;
            slf.borrow_mut().below.push(heading.clone_ref(slf.py()));
            Ok(heading)
        }
        // ANCHOR_END: add

        // ANCHOR: gc
        fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
            visit.call(&self.above)?;
            for heading in &self.below {
                visit.call(heading)?;
            }
            Ok(())
        }

        fn __clear__(&mut self) {
            self.above = None;
            self.below.clear();
        }
        // ANCHOR_END: gc
    }

    // ANCHOR: careless
    /// A frozen class, whose references are behind a lock.
    #[pyclass(frozen, weakref)]
    struct Bookmark {
        target: Mutex<Option<Py<PyAny>>>,
    }

    #[pymethods]
    impl Bookmark {
        fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
            Python::attach(|py| {
                let target = self.target.lock_py_attached(py).unwrap();
                visit.call(&*target)
            })
        }
        // ANCHOR_END: careless

        #[new]
        fn new() -> Self {
            let target = Mutex::new(None);
            Bookmark { target }
        }

        fn set(&self, py: Python<'_>, target: Py<PyAny>) {
            *self.target.lock_py_attached(py).unwrap() = Some(target);
        }
    }
}
