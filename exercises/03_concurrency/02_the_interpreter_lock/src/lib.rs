//! A memo: things that are expensive to find out are found out once and kept.

#[pyo3::pymodule]
mod the_interpreter_lock {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use pyo3::prelude::*;

    /// The known values, by name.
    #[pyclass]
    struct Memo {
        known: Mutex<HashMap<String, Py<PyAny>>>,
    }

    #[pymethods]
    impl Memo {
        #[new]
        fn new() -> Self {
            Self {
                known: Mutex::new(HashMap::new()),
            }
        }

        /// The number of known values.
        fn __len__(&self) -> usize {
            self.known.lock().unwrap().len()
        }

        /// The value kept under `name`. If there is none, `find_out(name)` is called and its result is kept.
        ///
        /// While `find_out` runs, anything may happen: other threads may call this, and so may `find_out` itself. If two
        /// threads find out the same thing at the same time, the value kept first stays, and both get that one.
        /// An exception goes to the caller, and nothing is kept.
        fn get<'py>(
            &self,
            name: String,
            find_out: &Bound<'py, PyAny>,
        ) -> PyResult<Bound<'py, PyAny>> {
            todo!("look up {name:?}, or call {find_out}")
        }
    }
}
