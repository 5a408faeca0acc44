//! A box for letters. Whoever opens it waits until there is one.

#[pyo3::pymodule]
mod inbox {
    use std::sync::mpsc::{self, Receiver, Sender};
    use std::sync::{Mutex, PoisonError};

    use pyo3::prelude::*;

    #[pyclass(frozen)]
    struct Inbox {
        sender: Sender<String>,
        letters: Mutex<Receiver<String>>,
    }

    #[pymethods]
    impl Inbox {
        #[new]
        fn new() -> Self {
            let (sender, letters) = mpsc::channel();
            Self {
                sender,
                letters: Mutex::new(letters),
            }
        }

        /// Puts a letter in. It never waits, so it may stay attached.
        fn post(&self, letter: String) {
            let _ = self.sender.send(letter);
        }

        /// The next letter. It may take for ever to come, so the interpreter is let go.
        fn wait(&self, py: Python<'_>) -> String {
            py.detach(|| {
                let letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
                letters.recv().expect("there is a sender in this object")
            })
        }
    }
}
