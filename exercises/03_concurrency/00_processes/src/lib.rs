//! Tallies of a log: how often each address appears. Each process makes its own and sends it home.

#[pyo3::pymodule]
mod processes {
    use std::collections::BTreeMap;

    use pyo3::prelude::*;

    /// How often each name was counted.
    #[pyclass]
    struct Tally {
        counts: BTreeMap<String, u64>,
    }

    #[pymethods]
    impl Tally {
        /// This method is complete. `Tally()` is empty; `Tally({"ada": 2})` starts with earlier counts.
        #[new]
        #[pyo3(signature = (counts=BTreeMap::new()))]
        fn new(counts: BTreeMap<String, u64>) -> Self {
            Self { counts }
        }

        /// Counts a name once more.
        fn add(&mut self, name: String) {
            *self.counts.entry(name).or_insert(0) += 1;
        }

        /// The counts, as a `dict`.
        #[getter]
        fn counts(&self) -> BTreeMap<String, u64> {
            self.counts.clone()
        }

        /// Adds the counts of another tally, which doesn't change.
        fn merge(&mut self, other: &Self) {
            todo!("add the {} counts of the other", other.counts.len())
        }

        /// How to recreate this object in another process: what to call, and with which arguments.
        fn __reduce__(slf: &Bound<'_, Self>) {
            todo!("describe how to make {slf}")
        }
    }
}
