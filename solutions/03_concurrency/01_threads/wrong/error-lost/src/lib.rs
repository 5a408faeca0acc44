//! A journal that never keeps its caller waiting: a separate thread writes the lines.

#[pyo3::pymodule]
mod threads {
    use std::fs::File;
    use std::io::{self, Write};
    use std::path::{Path, PathBuf};
    use std::sync::mpsc::{self, Receiver, Sender};
    use std::thread::{self, JoinHandle};

    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// Writes every line it receives to the file, until there is no sender left. Returns the number of lines.
    ///
    /// This function is complete. Opening a file may take long, and so may writing to it.
    fn write_all(path: &Path, lines: Receiver<String>) -> io::Result<usize> {
        let mut file = File::create(path)?;
        let mut written = 0;
        for line in lines {
            writeln!(file, "{line}")?;
            written += 1;
        }
        Ok(written)
    }

    fn closed() -> PyErr {
        PyValueError::new_err("the journal is closed")
    }

    /// A journal that is being written. Once it is closed, both fields are `None`.
    #[pyclass]
    struct Journal {
        sender: Option<Sender<String>>,
        writer: Option<JoinHandle<io::Result<usize>>>,
    }

    #[pymethods]
    impl Journal {
        /// Starts a thread that writes to the file at `path`, and doesn't wait for it.
        #[new]
        fn new(path: PathBuf) -> Self {
            let (sender, lines) = mpsc::channel();
            let writer = thread::spawn(move || write_all(&path, lines));
            Self {
                sender: Some(sender),
                writer: Some(writer),
            }
        }

        /// Hands a line to the thread, and doesn't wait for it. If the journal is closed: `ValueError`.
        ///
        /// If the thread has ended early, the line is lost without an error here; `close` reports why.
        fn write(&mut self, line: String) -> PyResult<()> {
            let sender = self.sender.as_ref().ok_or_else(closed)?;
            // A thread that has given up no longer receives anything. `close` reports why.
            let _ = sender.send(line);
            Ok(())
        }

        /// Waits until everything is written, and returns the number of lines. If the file couldn't be written, this
        /// is where the `OSError` is raised. If the journal is already closed: `ValueError`.
        fn close(&mut self) -> PyResult<usize> {
            drop(self.sender.take());
            let writer = self.writer.take().ok_or_else(closed)?;
            let written = writer.join().expect("the writer doesn't panic");
            Ok(written.unwrap_or(0))
        }
    }
}
