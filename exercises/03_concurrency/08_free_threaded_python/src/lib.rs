//! A price list that is loaded when it is first needed. It was written for Python with an interpreter lock, and for one thread.

// TODO: a module that says `gil_used = true` makes free-threaded Python turn its lock back on, for everyone.
#[pyo3::pymodule(gil_used = true)]
mod free_threaded_python {
    use std::cell::{Cell, OnceCell};
    use std::collections::HashMap;

    use pyo3::exceptions::PyKeyError;
    use pyo3::prelude::*;

    /// The prices of articles, in cents.
    // TODO: any thread may ask for a price. The first one calls `load`, and the others wait for it.
    #[pyclass(frozen, unsendable)]
    struct Prices {
        load: Py<PyAny>,
        table: OnceCell<HashMap<String, u64>>,
        asked: Cell<usize>,
    }

    #[pymethods]
    impl Prices {
        /// `load()` returns a `dict`. It may take a while.
        #[new]
        fn new(load: Py<PyAny>) -> Self {
            Self {
                load,
                table: OnceCell::new(),
                asked: Cell::new(0),
            }
        }

        /// How often a price was asked for.
        #[getter]
        fn asked(&self) -> usize {
            self.asked.get()
        }

        /// The price of an article, or `KeyError`. If loading fails, its exception goes to the caller, and the next
        /// call tries again.
        fn price(&self, py: Python<'_>, article: &str) -> PyResult<u64> {
            self.asked.set(self.asked.get() + 1);
            if self.table.get().is_none() {
                let _ = self.table.set(self.load.call0(py)?.extract(py)?);
            }
            let table = self.table.get().unwrap();
            table
                .get(article)
                .copied()
                .ok_or_else(|| PyKeyError::new_err(article.to_owned()))
        }
    }
}
