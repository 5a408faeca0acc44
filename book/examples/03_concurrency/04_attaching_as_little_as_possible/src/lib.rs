//! A sum that tells how far it is, from a thread that Rust has started.

#[pyo3::pymodule]
mod watch {
    use std::thread;

    use pyo3::prelude::*;

    /// The sum of the numbers below `end`. After each `every`, it calls `progress(number)`.
    #[pyfunction]
    fn sum_below(py: Python<'_>, end: u64, every: u64, progress: Py<PyAny>) -> PyResult<u64> {
        // The caller lets go and waits. The new thread computes, and attaches only to report.
        py.detach(|| {
            let worker = thread::spawn(move || {
                let mut sum = 0;
                for number in 0..end {
                    sum += number;
                    if (number + 1) % every == 0 {
                        Python::attach(|py| progress.call1(py, (number + 1,)))?;
                    }
                }
                Ok(sum)
            });
            worker.join().expect("it does not panic")
        })
    }
}
