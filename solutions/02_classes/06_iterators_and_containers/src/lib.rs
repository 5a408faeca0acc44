//! A journey from stop to stop.

#[pyo3::pymodule]
mod iterators_and_containers {
    use pyo3::exceptions::PyIndexError;
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
            self.stops.len()
        }

        fn __contains__(&self, stop: &Bound<'_, PyAny>) -> bool {
            stop.extract::<String>()
                .is_ok_and(|stop| self.stops.contains(&stop))
        }

        fn __getitem__(&self, at: isize) -> PyResult<String> {
            let from_front = if at < 0 {
                self.stops.len().checked_sub(at.unsigned_abs())
            } else {
                Some(at.unsigned_abs())
            };
            let stop = from_front.and_then(|at| self.stops.get(at));
            stop.cloned()
                .ok_or_else(|| PyIndexError::new_err(format!("there is no stop {at}")))
        }

        fn __iter__(slf: Py<Self>) -> Stops {
            Stops {
                journey: Some(slf),
                next: 0,
            }
        }
    }

    /// The state of one loop.
    #[pyclass]
    struct Stops {
        // `None` when the loop has ended.
        journey: Option<Py<Journey>>,
        next: usize,
    }

    #[pymethods]
    impl Stops {
        fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
            slf
        }

        fn __next__(&mut self, py: Python<'_>) -> Option<String> {
            let journey = self.journey.take()?;
            let stop = journey.borrow(py).stops.get(self.next)?.clone();
            self.journey = Some(journey);
            self.next += 1;
            Some(stop)
        }
    }
}
