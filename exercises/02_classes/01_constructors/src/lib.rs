//! How often a program retries, and how long it waits in between.

#[pyo3::pymodule]
mod constructors {
    use pyo3::prelude::*;

    /// When to retry.
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
        /// Without a `limit`, there is no longest wait: store `f64::INFINITY`. These values are invalid and
        /// raise a `ValueError` that names the argument: zero attempts, a negative `first`, a `factor` below 1, a
        /// `limit` below `first`, and NaN for any of them.
        // TODO: Python creates a `RetryPolicy` with this.
        #[staticmethod]
        fn new(attempts: u32) -> PyResult<Self> {
            todo!("a policy of {attempts} attempts")
        }
    }

    /// The wait before each further attempt, in seconds. This function is complete.
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
