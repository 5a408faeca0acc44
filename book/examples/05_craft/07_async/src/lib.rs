//! A doorbell to wait for, in an asyncio program.

#[pyo3::pymodule]
mod doorbell {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread::{self, JoinHandle};

    use pyo3::prelude::*;
    use tokio::sync::{Notify, oneshot};

    // ANCHOR: count
    /// Something that takes a while.
    fn sum_below(end: u64) -> u64 {
        (0..end).filter(|number| number % 3 == 0).sum()
    }

    #[pyfunction]
    async fn sum_at_once(end: u64) -> u64 {
        sum_below(end)
    }
    // ANCHOR_END: count

    // ANCHOR: thread
    #[pyfunction]
    async fn sum_elsewhere(end: u64) -> u64 {
        let (sender, receiver) = oneshot::channel();
        let worker = thread::spawn(move || sender.send(sum_below(end)));
        let sum = receiver.await.expect("the thread sends its result");
        finish(worker);
        sum
    }
    // ANCHOR_END: thread

    // ANCHOR: finish
    /// Waits for a thread that has sent its result, and still needs the interpreter for a moment.
    fn finish<T: Send>(worker: JoinHandle<T>) {
        Python::attach(|py| py.detach(|| worker.join())).expect("the thread doesn't panic");
    }
    // ANCHOR_END: finish

    // ANCHOR: bell
    #[pyclass(frozen)]
    struct Doorbell {
        rung: Notify,
        waiting: AtomicUsize,
    }
    // ANCHOR_END: bell

    #[pymethods]
    impl Doorbell {
        #[new]
        fn new() -> Self {
            Doorbell {
                rung: Notify::new(),
                waiting: AtomicUsize::new(0),
            }
        }

        // ANCHOR: wait
        fn ring(&self) {
            self.rung.notify_one();
        }

        /// Waits until someone rings.
        async fn wait(&self, name: String) -> String {
            self.rung.notified().await;
            format!("{name} opens the door")
        }
        // ANCHOR_END: wait

        /// How many are waiting politely.
        #[getter]
        fn waiting(&self) -> usize {
            self.waiting.load(Ordering::Relaxed)
        }

        // ANCHOR: guard
        async fn wait_counted(&self) {
            self.waiting.fetch_add(1, Ordering::Relaxed);
            let _leaves = Leaves(&self.waiting);
            self.rung.notified().await;
        }
        // ANCHOR_END: guard
    }

    // ANCHOR: drop
    /// Someone who waits, and is no longer counted when this is dropped.
    struct Leaves<'a>(&'a AtomicUsize);

    impl Drop for Leaves<'_> {
        fn drop(&mut self) {
            self.0.fetch_sub(1, Ordering::Relaxed);
        }
    }
    // ANCHOR_END: drop

    // ANCHOR: exclusive
    #[pyclass]
    struct Guest {
        greetings: u32,
    }

    #[pymethods]
    impl Guest {
        #[new]
        fn new() -> Self {
            Guest { greetings: 0 }
        }

        async fn greet(&mut self, bell: Py<Doorbell>) -> u32 {
            bell.get().rung.notified().await;
            self.greetings += 1;
            self.greetings
        }
    }
    // ANCHOR_END: exclusive
}
