//! Stamps that cost work: whoever sends a letter has to find a number that makes its hash begin with many zeros.

#[pyo3::pymodule]
mod detaching {
    use std::hash::{DefaultHasher, Hash, Hasher};
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use pyo3::prelude::*;

    /// A signal that can be given from any thread.
    #[pyclass]
    struct Cancel {
        given: AtomicBool,
        /// How many searches look out for the signal at the moment.
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

    /// With how many zero bits the hash of a stamped letter begins.
    #[pyfunction]
    fn zeros(letter: &str, stamp: u64) -> u32 {
        let mut hasher = DefaultHasher::new();
        (letter, stamp).hash(&mut hasher);
        hasher.finish().leading_zeros()
    }

    /// The smallest stamp for which there are at least `bits` zeros, or `None` when the signal was given before it was found.
    ///
    /// The search may take years. Meanwhile other threads of Python have to get on with their work, and one of them may give
    /// the signal. After that the search has to come to its end.
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
