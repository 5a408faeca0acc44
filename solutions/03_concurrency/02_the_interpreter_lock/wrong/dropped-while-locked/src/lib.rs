//! A memo: what is expensive to find out is found out once, and kept.

#[pyo3::pymodule]
mod the_interpreter_lock {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use pyo3::prelude::*;

    /// What is known, by its name.
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

        /// How many things are known.
        fn __len__(&self) -> usize {
            self.known.lock().unwrap().len()
        }

        /// What is kept under `name`. When there is nothing, `find_out(name)` is called and its result is kept.
        ///
        /// While `find_out` runs, anything may happen: other threads come here, and `find_out` may come here itself. When two
        /// threads find out the same thing at the same time, what was kept first stays, and both get that.
        /// An exception goes to the caller, and nothing is kept.
        fn get<'py>(
            &self,
            name: String,
            find_out: &Bound<'py, PyAny>,
        ) -> PyResult<Bound<'py, PyAny>> {
            let py = find_out.py();
            if let Some(kept) = self.known.lock().unwrap().get(&name) {
                return Ok(kept.bind(py).clone());
            }
            // The mutex is free. Python code runs now, and with it perhaps other threads.
            let found = find_out.call1((&name,))?;
            let mut known = self.known.lock().unwrap();
            let kept = known.entry(name).or_insert_with(|| found.unbind());
            Ok(kept.bind(py).clone())
        }
    }
}
