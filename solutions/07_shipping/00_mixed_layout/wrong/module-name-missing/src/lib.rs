//! The compiled part of the package.

#[pyo3::pymodule]
mod _native {
    use pyo3::prelude::*;

    /// A bus line with its departures, in minutes after midnight.
    #[pyclass(frozen, module = "mixed_layout")]
    struct Line {
        #[pyo3(get)]
        name: String,
        departures: Vec<u32>,
    }

    #[pymethods]
    impl Line {
        #[new]
        fn new(name: String, mut departures: Vec<u32>) -> Self {
            departures.sort_unstable();
            Line { name, departures }
        }

        /// The first departure that isn't before `now`, or `None` if that was the last bus.
        fn next(&self, now: u32) -> Option<u32> {
            let index = self
                .departures
                .partition_point(|&departure| departure < now);
            self.departures.get(index).copied()
        }
    }
}
