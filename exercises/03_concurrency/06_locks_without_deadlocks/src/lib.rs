//! A transcript of what many threads have to say. Each has its say to the end before the next one begins.

#[pyo3::pymodule]
mod locks_without_deadlocks {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pyo3::prelude::*;

    /// Writes into any object of Python that has a method `write`.
    #[pyclass(frozen)]
    struct Transcript {
        sink: Py<PyAny>,
        /// How many statements there are. Whoever holds the lock has the word.
        statements: Mutex<u64>,
        /// How many threads are waiting for the word.
        waiting: AtomicUsize,
    }

    #[pymethods]
    impl Transcript {
        #[new]
        fn new(sink: Py<PyAny>) -> Self {
            Self {
                sink,
                statements: Mutex::new(0),
                waiting: AtomicUsize::new(0),
            }
        }

        #[getter]
        fn waiting(&self) -> usize {
            self.waiting.load(Ordering::SeqCst)
        }

        /// Writes a statement, and returns its number: 1 for the first. Each line becomes one call of the sink's `write`, with the
        /// number in front of it, as in `"3: I disagree\n"`.
        ///
        /// No line of another statement comes between. When the sink raises an exception, it goes to the caller, the rest is not
        /// written, and the statement does not count: the next one gets its number.
        fn state(&self, py: Python<'_>, lines: Vec<String>) -> PyResult<u64> {
            self.waiting.fetch_add(1, Ordering::SeqCst);
            let mut statements: std::sync::MutexGuard<'_, u64> = todo!("wait for the word");
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            todo!(
                "write {lines:?} after {statements} others, into {}",
                self.sink.bind(py)
            )
        }
    }
}
