//! Stamps that cost work: to send a letter, you have to find a number that makes its hash start with many zeros.

#[pyo3::pymodule]
mod detaching {
    use std::hash::{DefaultHasher, Hash, Hasher};
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use pyo3::prelude::*;

    /// A signal that any thread can give.
    #[pyclass]
    struct Cancel {
        given: AtomicBool,
        /// How many searches are watching for the signal.
        watched: AtomicUsize,
    }

    #[pymethods]
    impl Cancel {
        #[new]
        fn new() -> Self {
            Self {
                given: AtomicBool::new(false),
                watched: AtomicUsize::new(0),
            }
        }

        fn give(&self) {
            self.given.store(true, Ordering::Relaxed);
        }

        #[getter]
        fn watched(&self) -> usize {
            self.watched.load(Ordering::Relaxed)
        }
    }

    /// How many zero bits the hash of a stamped letter starts with.
    #[pyfunction]
    fn zeros(letter: &str, stamp: u64) -> u32 {
        let mut hasher = DefaultHasher::new();
        (letter, stamp).hash(&mut hasher);
        hasher.finish().leading_zeros()
    }

    /// The smallest stamp with at least `bits` zeros, or `None` if the signal was given before it was found.
    ///
    /// The search may take years. Meanwhile other Python threads have to be able to work, and one of them may give
    /// the signal. Then the search has to end.
    #[pyfunction]
    fn stamp(letter: &str, bits: u32, cancel: &Cancel) -> Option<u64> {
        cancel.watched.fetch_add(1, Ordering::Relaxed);
        let found = (0..)
            .take_while(|_| !cancel.given.load(Ordering::Relaxed))
            .find(|&stamp| zeros(letter, stamp) >= bits);
        cancel.watched.fetch_sub(1, Ordering::Relaxed);
        found
    }
}
