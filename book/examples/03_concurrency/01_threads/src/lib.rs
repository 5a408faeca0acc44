//! Three ways to get data to a thread.

#[pyo3::pymodule]
mod counting {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::thread;

    use pyo3::prelude::*;

    // ANCHOR: give
    /// Give it away: the thread owns the lines and returns a result.
    #[pyfunction]
    fn longest(lines: Vec<String>) -> Option<String> {
        let worker = thread::spawn(move || lines.into_iter().max_by_key(String::len));
        worker.join().expect("the thread doesn't panic")
    }
    // ANCHOR_END: give

    // ANCHOR: lend
    /// Lend it: the threads of a scope end before the function does, so they may borrow.
    #[pyfunction]
    fn empty_lines(pages: Vec<String>) -> usize {
        let empty = AtomicUsize::new(0);
        thread::scope(|scope| {
            for page in &pages {
                scope.spawn(|| {
                    let count = page.lines().filter(|line| line.is_empty()).count();
                    empty.fetch_add(count, Ordering::Relaxed);
                });
            }
        });
        empty.into_inner()
    }
    // ANCHOR_END: lend

    // ANCHOR: send
    /// Send it: the results arrive through a channel, in any order.
    #[pyfunction]
    fn lengths(pages: Vec<String>) -> Vec<usize> {
        let (sender, results) = mpsc::channel();
        for page in pages {
            let sender = sender.clone();
            thread::spawn(move || sender.send(page.len()));
        }
        drop(sender); // the last sender has to go, or the next line never ends
        let mut lengths: Vec<usize> = results.iter().collect();
        lengths.sort_unstable();
        lengths
    }
    // ANCHOR_END: send
}
