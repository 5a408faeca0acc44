//! A journal that a thread of its own writes to a file.

#[pyo3::pymodule]
mod after_fork {
    use std::fs::{File, OpenOptions};
    use std::io::Write;
    use std::mem;
    use std::path::{Path, PathBuf};
    use std::process;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::thread;

    use pyo3::exceptions::PyRuntimeError;
    use pyo3::prelude::*;

    /// How many writers have been started: those of this process, and those of its parent before the fork.
    static STARTED: AtomicUsize = AtomicUsize::new(0);

    #[pyfunction]
    fn writers_started() -> usize {
        STARTED.load(Ordering::Relaxed)
    }

    enum Message {
        Line(String),
        /// Everything before it has been written as soon as there's an answer.
        Flush(Sender<()>),
    }

    /// The thread that writes, and how to reach it. This struct is complete.
    struct Writer {
        /// The process in which the thread runs.
        process: u32,
        messages: Sender<Message>,
    }

    impl Writer {
        fn start(path: &Path) -> PyResult<Writer> {
            let file = OpenOptions::new().create(true).append(true).open(path)?;
            let (messages, inbox) = channel();
            STARTED.fetch_add(1, Ordering::Relaxed);
            thread::spawn(move || write(file, inbox));
            Ok(Writer {
                process: process::id(),
                messages,
            })
        }

        /// Waits until the thread has written everything. Then it ends, because its inbox is closed.
        fn finish(self) {
            let (done, is_done) = channel();
            if self.messages.send(Message::Flush(done)).is_ok() {
                let _ = is_done.recv();
            }
        }
    }

    fn write(mut file: File, inbox: Receiver<Message>) {
        for message in inbox {
            match message {
                Message::Line(line) => file.write_all(line.as_bytes()).expect("the disk is full"),
                Message::Flush(done) => drop(done.send(())),
            }
        }
    }

    /// A file to which lines are appended. Its writer lives in one process:
    ///
    /// - In a forked child, `write` and `flush` raise a `RuntimeError` that names the process to which the journal belongs.
    /// - `reopen` starts a new writer in a child, and the journal belongs to the child from then on. In the process to
    ///   which it belongs, `reopen` does nothing.
    /// - When the journal is deleted, the process to which it belongs waits until everything is written. Others don't.
    #[pyclass(frozen)]
    struct Journal {
        path: PathBuf,
        /// `None` only while the journal is being deleted.
        writer: Mutex<Option<Writer>>,
    }

    #[pymethods]
    impl Journal {
        #[new]
        fn new(path: PathBuf) -> PyResult<Self> {
            let writer = Mutex::new(Some(Writer::start(&path)?));
            Ok(Journal { path, writer })
        }

        /// Appends a line, some time soon. This method is complete.
        fn write(&self, line: &str) -> PyResult<()> {
            self.send(Message::Line(format!("{line}\n")))
        }

        /// Waits until all lines have been written. This method is complete.
        fn flush(&self, py: Python<'_>) -> PyResult<()> {
            let (done, is_done) = channel();
            self.send(Message::Flush(done))?;
            py.detach(move || is_done.recv()).map_err(|_| has_ended())
        }

        fn reopen(&self) -> PyResult<()> {
            let mut writer = self.writer.lock().unwrap();
            if writer.as_ref().is_none_or(|writer| !writer.is_here()) {
                // What the parent has left in here isn't ours to drop.
                mem::forget(writer.replace(Writer::start(&self.path)?));
            }
            Ok(())
        }
    }

    impl Journal {
        /// Sends a message to the writer, or returns an error if there is none in this process.
        fn send(&self, message: Message) -> PyResult<()> {
            let writer = self.writer.lock().unwrap();
            let writer = writer.as_ref().expect("there is a writer until the end");
            if !writer.is_here() {
                let process = writer.process;
                return Err(PyRuntimeError::new_err(format!(
                    "the journal belongs to process {process}: reopen it after a fork"
                )));
            }
            writer.messages.send(message).map_err(|_| has_ended())
        }
    }

    impl Writer {
        fn is_here(&self) -> bool {
            self.process == process::id()
        }
    }

    impl Drop for Journal {
        fn drop(&mut self) {
            let writer = self.writer.get_mut().unwrap().take();
            let writer = writer.expect("there is a writer until the end");
            writer.finish();
        }
    }

    fn has_ended() -> PyErr {
        PyRuntimeError::new_err("the writer has ended")
    }
}
