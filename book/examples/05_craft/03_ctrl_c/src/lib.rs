//! Counts prime numbers, which takes as long as you like.

#[pyo3::pymodule]
mod primes {
    use std::sync::Mutex;

    use pyo3::prelude::*;

    fn is_prime(number: u64) -> bool {
        number > 1
            && (2..)
                .take_while(|divisor| divisor * divisor <= number)
                .all(|divisor| number % divisor != 0)
    }

    // ANCHOR: hopefully
    /// A first attempt: the prime numbers below `limit`.
    #[pyfunction]
    fn count_hopefully(limit: u64) -> usize {
        (0..limit).filter(|&number| is_prime(number)).count()
    }
    // ANCHOR_END: hopefully

    // ANCHOR: checked
    /// How many numbers to look at between two looks at the signals.
    const STEPS: u64 = 10_000;

    #[pyfunction]
    fn count_attached(py: Python<'_>, limit: u64) -> PyResult<usize> {
        let mut count = 0;
        for number in 0..limit {
            count += usize::from(is_prime(number));
            if number % STEPS == 0 {
                py.check_signals()?;
            }
        }
        Ok(count)
    }
    // ANCHOR_END: checked

    // ANCHOR: detached
    #[pyfunction]
    fn count(py: Python<'_>, limit: u64) -> PyResult<usize> {
        py.detach(|| {
            let mut count = 0;
            for number in 0..limit {
                count += usize::from(is_prime(number));
                if number % STEPS == 0 {
                    Python::attach(|py| py.check_signals())?;
                }
            }
            Ok(count)
        })
    }
    // ANCHOR_END: detached

    // ANCHOR: counter
    /// Counts on from where it was stopped.
    #[pyclass(frozen)]
    struct Counter {
        so_far: Mutex<(u64, usize)>,
    }

    #[pymethods]
    impl Counter {
        #[new]
        fn new() -> Self {
            let so_far = Mutex::new((0, 0));
            Counter { so_far }
        }

        /// How many numbers were looked at, and how many of them are prime.
        #[getter]
        fn so_far(&self) -> (u64, usize) {
            *self.so_far.lock().unwrap()
        }

        fn run(&self, py: Python<'_>, limit: u64) -> PyResult<()> {
            while self.so_far().0 < limit {
                py.detach(|| {
                    let mut so_far = self.so_far.lock().unwrap();
                    let (begin, count) = *so_far;
                    let end = limit.min(begin + STEPS);
                    let more = (begin..end).filter(|&number| is_prime(number)).count();
                    *so_far = (end, count + more);
                });
                py.check_signals()?;
            }
            Ok(())
        }
    }
    // ANCHOR_END: counter
}
