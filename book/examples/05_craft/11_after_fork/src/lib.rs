//! A count that a thread of its own keeps.

#[pyo3::pymodule]
mod tally {
    use std::mem;
    use std::process;
    use std::sync::Mutex;
    use std::sync::mpsc::{Sender, channel};
    use std::thread;

    use pyo3::exceptions::PyRuntimeError;
    use pyo3::prelude::*;

    // ANCHOR: clerk
    enum Message {
        Add(u64),
        Total(Sender<u64>),
    }

    fn start_clerk() -> Sender<Message> {
        let (sender, inbox) = channel();
        thread::spawn(move || {
            let mut total = 0;
            for message in inbox {
                match message {
                    Message::Add(number) => total += number,
                    Message::Total(reply) => drop(reply.send(total)),
                }
            }
        });
        sender
    }
    // ANCHOR_END: clerk

    // ANCHOR: tally
    #[pyclass(frozen)]
    struct Tally {
        clerk: Sender<Message>,
    }

    #[pymethods]
    impl Tally {
        #[new]
        fn new() -> Self {
            let clerk = start_clerk();
            Tally { clerk }
        }

        fn add(&self, number: u64) {
            let _ = self.clerk.send(Message::Add(number));
        }
        // ANCHOR_END: tally

        fn total(&self, py: Python<'_>) -> Option<u64> {
            let (reply, total) = channel();
            let _ = self.clerk.send(Message::Total(reply));
            py.detach(move || total.recv()).ok()
        }
    }

    // ANCHOR: safe
    #[pyclass(frozen)]
    struct SafeTally {
        clerk: Mutex<(u32, Sender<Message>)>,
    }

    impl SafeTally {
        fn clerk(&self) -> PyResult<Sender<Message>> {
            let clerk = self.clerk.lock().unwrap();
            let (process, sender) = &*clerk;
            if *process != process::id() {
                let message = format!("the clerk works in process {process}");
                return Err(PyRuntimeError::new_err(message));
            }
            Ok(sender.clone())
        }
    }
    // ANCHOR_END: safe

    #[pymethods]
    impl SafeTally {
        #[new]
        fn new() -> Self {
            SafeTally {
                clerk: Mutex::new((process::id(), start_clerk())),
            }
        }

        fn add(&self, number: u64) -> PyResult<()> {
            let _ = self.clerk()?.send(Message::Add(number));
            Ok(())
        }

        fn total(&self, py: Python<'_>) -> PyResult<Option<u64>> {
            let (reply, total) = channel();
            let _ = self.clerk()?.send(Message::Total(reply));
            Ok(py.detach(move || total.recv()).ok())
        }

        // ANCHOR: restart
        /// Starts again from nothing, in a process without a clerk.
        fn restart(&self) {
            let mut clerk = self.clerk.lock().unwrap();
            if clerk.0 != process::id() {
                mem::forget(mem::replace(&mut *clerk, (process::id(), start_clerk())));
            }
        }
        // ANCHOR_END: restart
    }
}
