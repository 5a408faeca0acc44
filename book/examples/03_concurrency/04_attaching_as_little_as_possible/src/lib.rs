//! A sum that reports its progress, from a thread that Rust started.

#[pyo3::pymodule]
mod watch {
    use std::thread;

    use pyo3::prelude::*;

    // ANCHOR: sum_below
    /// The sum of the numbers below `end`. After every `every` numbers, calls `progress(number)`.
    #[pyfunction]
    fn sum_below(py: Python<'_>, end: u64, every: u64, progress: Py<PyAny>) -> PyResult<u64> {
        // The caller detaches and waits. The new thread computes, and attaches only to report.
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
            worker.join().expect("the thread doesn't panic")
        })
    }
    // ANCHOR_END: sum_below
}
