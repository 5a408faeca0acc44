//! A transcript of what many threads say. Each finishes its statement before the next one starts.

#[pyo3::pymodule]
mod locks_without_deadlocks {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pyo3::prelude::*;

    /// Writes to any Python object that has a method `write`.
    #[pyclass(frozen)]
    struct Transcript {
        sink: Py<PyAny>,
        /// The number of statements. The thread that holds the lock has the floor.
        statements: Mutex<u64>,
        /// How many threads are waiting for the floor.
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

        /// Writes a statement and returns its number: 1 for the first. Each line becomes one call of the sink's `write`, with the
        /// number in front, as in `"3: I disagree\n"`.
        ///
        /// No line of another statement comes in between. If the sink raises an exception, it goes to the caller, the rest is not
        /// written, and the statement doesn't count: the next one gets its number.
        fn state(&self, py: Python<'_>, lines: Vec<String>) -> PyResult<u64> {
            self.waiting.fetch_add(1, Ordering::SeqCst);
            let mut statements = self.statements.lock().unwrap();
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            let number = *statements + 1;
            for line in lines {
                let line = format!("{number}: {line}\n");
                self.sink.call_method1(py, "write", (line,))?;
            }
            *statements = number;
            Ok(number)
        }
    }
}
