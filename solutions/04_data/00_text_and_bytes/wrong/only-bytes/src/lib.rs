//! A log file in memory, whose lines can be read and searched.

#[pyo3::pymodule]
mod text_and_bytes {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pyo3::exceptions::PyIndexError;
    use pyo3::prelude::*;
    use pyo3::types::PyBytes;

    /// How often a search has let go of the interpreter.
    static DETACHED: AtomicUsize = AtomicUsize::new(0);

    #[pyfunction]
    fn detached() -> usize {
        DETACHED.load(Ordering::Relaxed)
    }

    /// `Python::detach`, counted. Use this to let go of the interpreter.
    fn detach<R: Send>(py: Python<'_>, work: impl FnOnce() -> R + Send) -> R {
        DETACHED.fetch_add(1, Ordering::Relaxed);
        py.detach(work)
    }

    /// Whether the word occurs in the line. This function is complete.
    fn contains(line: &[u8], word: &str) -> bool {
        let word = word.as_bytes();
        word.is_empty() || line.windows(word.len()).any(|part| part == word)
    }

    /// A log file.
    ///
    /// - It's made from `bytes`, which it uses where they are, without copying them, or from a `bytearray`. What happens to
    ///   a `bytearray` later doesn't change the log. Everything else is a `TypeError`.
    #[pyclass(frozen)]
    struct Log {
        data: Py<PyBytes>,
    }

    impl Log {
        /// The lines, without the line feeds. This method is complete.
        fn lines<'a>(&'a self, py: Python<'a>) -> impl Iterator<Item = &'a [u8]> {
            let data = self.data.as_bytes(py);
            data.split_inclusive(|byte| *byte == b'\n')
                .map(|line| line.strip_suffix(b"\n").unwrap_or(line))
        }
    }

    #[pymethods]
    impl Log {
        #[new]
        fn new(data: Py<PyBytes>) -> Self {
            Log { data }
        }

        /// The address of the first byte. This getter is complete.
        #[getter]
        fn address(&self, py: Python<'_>) -> usize {
            self.data.as_bytes(py).as_ptr().addr()
        }

        fn __len__(&self, py: Python<'_>) -> usize {
            self.lines(py).count()
        }

        /// A line as text, or an `IndexError`. Bytes that aren't UTF-8 are shown as `�`.
        fn line(&self, py: Python<'_>, number: usize) -> PyResult<String> {
            let line = self.lines(py).nth(number);
            line.map(|line| String::from_utf8_lossy(line).into_owned())
                .ok_or_else(|| PyIndexError::new_err(format!("there is no line {number}")))
        }

        /// The numbers of the lines that contain the word. Other threads can run Python during the search.
        fn search(&self, py: Python<'_>, word: &str) -> Vec<usize> {
            let lines: Vec<&[u8]> = self.lines(py).collect();
            detach(py, || {
                lines
                    .iter()
                    .enumerate()
                    .filter(|(_, line)| contains(line, word))
                    .map(|(number, _)| number)
                    .collect()
            })
        }
    }
}
