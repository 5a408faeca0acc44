//! A letterbox. A reader waits until there is a letter.

#[pyo3::pymodule]
mod inbox {
    use std::sync::mpsc::{self, Receiver, Sender};
    use std::sync::{Mutex, PoisonError};

    use pyo3::prelude::*;

    // ANCHOR: inbox
    #[pyclass(frozen)]
    struct Inbox {
        sender: Sender<String>,
        letters: Mutex<Receiver<String>>,
    }
    // ANCHOR_END: inbox

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

        // ANCHOR: post
        /// Puts a letter in. It never waits, so it can stay attached.
        fn post(&self, letter: String) {
            let _ = self.sender.send(letter);
        }
        // ANCHOR_END: post

        // ANCHOR: wait
        /// The next letter. It may never come, so wait for it detached.
        fn wait(&self, py: Python<'_>) -> String {
            py.detach(|| {
                let letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
                letters.recv().expect("the object holds a sender")
            })
        }
        // ANCHOR_END: wait
    }
}
