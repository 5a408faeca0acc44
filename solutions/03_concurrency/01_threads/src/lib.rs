//! A journal that never keeps its caller waiting: a thread of its own writes the lines.

#[pyo3::pymodule]
mod threads {
    use std::fs::File;
    use std::io::{self, Write};
    use std::path::{Path, PathBuf};
    use std::sync::mpsc::{self, Receiver, Sender};
    use std::thread::{self, JoinHandle};

    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// Writes every line that is received into the file, until there is no sender left. Returns how many there were.
    ///
    /// This function is complete. To open a file may take long, and to write into one as well.
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

    /// A journal that is being written. When it is closed, both fields are `None`.
    #[pyclass]
    struct Journal {
        sender: Option<Sender<String>>,
        writer: Option<JoinHandle<io::Result<usize>>>,
    }

    #[pymethods]
    impl Journal {
        /// Starts a thread that writes into the file at `path`, and does not wait for it.
        #[new]
        fn new(path: PathBuf) -> Self {
            let (sender, lines) = mpsc::channel();
            let writer = thread::spawn(move || write_all(&path, lines));
            Self {
                sender: Some(sender),
                writer: Some(writer),
            }
        }

        /// Hands a line to the thread, and does not wait for it. When the journal is closed: `ValueError`.
        ///
        /// When the thread has ended early, the line is lost without an error here; `close` says why.
        fn write(&mut self, line: String) -> PyResult<()> {
            let sender = self.sender.as_ref().ok_or_else(closed)?;
            // A thread that has given up receives nothing any more. `close` tells why.
            let _ = sender.send(line);
            Ok(())
        }

        /// Waits until everything is written, and returns the number of lines. When the file could not be written, this
        /// is where the `OSError` is raised. When the journal is closed already: `ValueError`.
        fn close(&mut self) -> PyResult<usize> {
            drop(self.sender.take());
            let writer = self.writer.take().ok_or_else(closed)?;
            let written = writer.join().expect("the writer does not panic");
            Ok(written?)
        }
    }
}
