//! Finds the invoices that a payment was meant for.

#[pyo3::pymodule]
mod awaitable {
    use std::future::{Future, poll_fn};
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::task::Poll;
    use std::thread;

    use pyo3::coroutine::CancelHandle;
    use pyo3::prelude::*;
    use tokio::sync::oneshot;

    /// How many searches are running at the moment.
    static RUNNING: AtomicUsize = AtomicUsize::new(0);

    #[pyfunction]
    fn running() -> usize {
        RUNNING.load(Ordering::SeqCst)
    }

    /// Returns the positions of invoices that add up to the payment. With forty invoices this may take minutes, so it also
    /// ends, with `None`, soon after `stop` has become true. This function is complete.
    fn search(payment: u64, invoices: &[u64], stop: &AtomicBool) -> Option<Vec<usize>> {
        RUNNING.fetch_add(1, Ordering::SeqCst);
        let mut chosen = Vec::new();
        let found = choose(payment, invoices, 0, &mut chosen, stop);
        RUNNING.fetch_sub(1, Ordering::SeqCst);
        found.then_some(chosen)
    }

    /// Takes the invoice at `position` or leaves it, and goes on with the next. This function is complete.
    fn choose(
        rest: u64,
        invoices: &[u64],
        position: usize,
        chosen: &mut Vec<usize>,
        stop: &AtomicBool,
    ) -> bool {
        if rest == 0 {
            return true;
        }
        let Some(&invoice) = invoices.get(position) else {
            return false;
        };
        if stop.load(Ordering::Relaxed) {
            return false;
        }
        if invoice <= rest {
            chosen.push(position);
            if choose(rest - invoice, invoices, position + 1, chosen, stop) {
                return true;
            }
            chosen.pop();
        }
        choose(rest, invoices, position + 1, chosen, stop)
    }

    /// Stops a search when it is dropped.
    struct StopOnDrop(Arc<AtomicBool>);

    impl Drop for StopOnDrop {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    /// The positions of the invoices that a payment was meant for, or `None`.
    ///
    /// While the search runs, so do the other tasks of the event loop. If the caller is cancelled, or stops waiting for
    /// another reason, the search ends.
    #[pyfunction]
    async fn matching(
        payment: u64,
        invoices: Vec<u64>,
        #[pyo3(cancel_handle)] mut cancelled: CancelHandle,
    ) -> Option<Vec<usize>> {
        let stop = Arc::new(AtomicBool::new(false));
        let _caller_waits = StopOnDrop(Arc::clone(&stop));
        let (sender, mut receiver) = oneshot::channel();
        thread::spawn(move || {
            let _ = sender.send(search(payment, &invoices, &stop));
        });
        poll_fn(|context| {
            if cancelled.poll_cancelled(context).is_ready() {
                return Poll::Ready(None);
            }
            pin!(&mut receiver)
                .poll(context)
                .map(|found| found.expect("a search sends its result"))
        })
        .await
    }
}
