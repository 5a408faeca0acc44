//! A price list that is loaded when it is first needed. It works with and without an interpreter lock.

#[pyo3::pymodule]
mod free_threaded_python {
    use std::collections::HashMap;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pyo3::exceptions::PyKeyError;
    use pyo3::prelude::*;
    use pyo3::sync::PyOnceLock;

    /// The prices of articles, in cents.
    // Any thread may ask for a price. The first one calls `load`, and the others wait for it.
    #[pyclass(frozen)]
    struct Prices {
        load: Py<PyAny>,
        table: PyOnceLock<HashMap<String, u64>>,
        asked: AtomicUsize,
    }

    #[pymethods]
    impl Prices {
        /// `load()` returns a `dict`. It may take a while.
        #[new]
        fn new(load: Py<PyAny>) -> Self {
            Self {
                load,
                table: PyOnceLock::new(),
                asked: AtomicUsize::new(0),
            }
        }

        /// How often a price was asked for.
        #[getter]
        fn asked(&self) -> usize {
            self.asked.load(Ordering::Relaxed)
        }

        /// The price of an article, or `KeyError`. If loading fails, its exception goes to the caller, and the next
        /// call tries again.
        fn price(&self, py: Python<'_>, article: &str) -> PyResult<u64> {
            self.asked.fetch_add(1, Ordering::Relaxed);
            let load = || self.load.call0(py)?.extract(py);
            let table: &HashMap<String, u64> = self.table.get_or_try_init(py, load)?;
            table
                .get(article)
                .copied()
                .ok_or_else(|| PyKeyError::new_err(article.to_owned()))
        }
    }
}
