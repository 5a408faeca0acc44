//! A journey from stop to stop.

#[pyo3::pymodule]
mod iterators_and_containers {
    use pyo3::prelude::*;

    /// A journey. As Python sees it:
    ///
    /// - `len(journey)`: how many stops there are
    /// - `"Bern" in journey`: whether it stops there; `False` for anything that isn't a string
    /// - `journey[0]`, `journey[-1]`: a stop, counted from the front or from the back; otherwise an `IndexError`
    /// - `for stop in journey`: the stops in order; each loop starts at the first one, and a stop added during a loop
    ///   still turns up in it, but a loop that has ended stays ended
    #[pyclass]
    struct Journey {
        stops: Vec<String>,
    }

    #[pymethods]
    impl Journey {
        #[new]
        fn new(stops: Vec<String>) -> Self {
            Journey { stops }
        }

        /// Adds a stop at the end. This method is complete.
        fn add(&mut self, stop: String) {
            self.stops.push(stop);
        }

        fn __len__(&self) -> usize {
            todo!("how many are {:?}", self.stops)
        }

        fn __contains__(&self, stop: &Bound<'_, PyAny>) -> bool {
            todo!("is {stop} among {:?}", self.stops)
        }

        fn __getitem__(&self, at: isize) -> PyResult<String> {
            todo!("number {at} of {:?}", self.stops)
        }

        fn __iter__(&self) -> Stops {
            todo!("begin at the first of {:?}", self.stops)
        }
    }

    /// The state of one loop.
    // TODO: what does it need to know?
    #[pyclass]
    struct Stops {}

    #[pymethods]
    impl Stops {
        fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
            slf
        }

        fn __next__(&mut self) -> Option<String> {
            todo!("the next stop, or none")
        }
    }
}
