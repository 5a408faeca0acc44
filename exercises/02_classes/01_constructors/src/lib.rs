//! How often a program tries again, and how long it waits in between.

#[pyo3::pymodule]
mod constructors {
    use pyo3::prelude::*;

    /// When to try again.
    #[pyclass]
    struct RetryPolicy {
        attempts: u32,
        first: f64,
        factor: f64,
        limit: f64,
    }

    #[pymethods]
    impl RetryPolicy {
        /// `RetryPolicy(attempts=3, *, first=0.5, factor=2.0, limit=None)`
        ///
        /// Without a `limit` a wait may become as long as it likes: that is `f64::INFINITY`. None of this makes sense, and
        /// raises a `ValueError` that names the argument: no attempts at all, a `first` that is negative, a `factor` below 1, a
        /// `limit` below `first`, and any number that is NaN.
        // TODO: this is how Python makes a `RetryPolicy`.
        #[staticmethod]
        fn new(attempts: u32) -> PyResult<Self> {
            todo!("a policy of {attempts} attempts")
        }
    }

    /// How long to wait before each further attempt, in seconds. This function is complete.
    #[pyfunction]
    fn waits(policy: &RetryPolicy) -> Vec<f64> {
        let mut waits = Vec::new();
        let mut wait = policy.first;
        for _ in 1..policy.attempts {
            waits.push(wait.min(policy.limit));
            wait *= policy.factor;
        }
        waits
    }
}
