//! A search without an end, or almost: it runs until someone presses Ctrl-C.

#[pyo3::pymodule]
mod ctrl_c {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pyo3::prelude::*;

    /// How many numbers to try between two looks at the signals.
    #[pymodule_export]
    const STEPS: u64 = 10_000;

    /// How often Rust has looked at the signals.
    static LOOKS: AtomicUsize = AtomicUsize::new(0);

    #[pyfunction]
    fn looks() -> usize {
        LOOKS.load(Ordering::Relaxed)
    }

    /// Lets Python handle the signals that have arrived, and counts. Use this instead of `py.check_signals()`.
    fn look(py: Python<'_>) -> PyResult<()> {
        LOOKS.fetch_add(1, Ordering::Relaxed);
        py.check_signals()
    }

    /// The longest chain so far. A chain begins with a number; an even number is followed by its half, an odd one by three
    /// times the number and one. It ends with 1.
    struct State {
        tried: u64,
        best: u64,
        length: u64,
    }

    impl State {
        /// Tries the next number.
        fn step(&mut self) {
            self.tried += 1;
            let (mut number, mut length) = (self.tried, 1);
            while number != 1 {
                number = if number % 2 == 0 {
                    number / 2
                } else {
                    3 * number + 1
                };
                length += 1;
            }
            if length > self.length {
                (self.best, self.length) = (self.tried, length);
            }
        }
    }

    /// A search for the number with the longest chain.
    #[pyclass(frozen)]
    struct Search {
        state: Mutex<State>,
    }

    #[pymethods]
    impl Search {
        #[new]
        fn new() -> Self {
            let state = State {
                tried: 0,
                best: 0,
                length: 0,
            };
            Search {
                state: Mutex::new(state),
            }
        }

        /// How many numbers were tried, from 1 on.
        #[getter]
        fn tried(&self) -> u64 {
            self.state.lock().unwrap().tried
        }

        /// The number with the longest chain so far, and the length.
        #[getter]
        fn best(&self) -> (u64, u64) {
            let state = self.state.lock().unwrap();
            (state.best, state.length)
        }

        /// Continues until `last` has been tried.
        ///
        /// Looks at the signals once for every `STEPS` numbers. If a signal's handler raises an exception, the search ends
        /// with it, and what has been tried is kept. Meanwhile, other threads can run Python, and handlers and other threads
        /// can ask for `tried` and `best`.
        fn run(&self, py: Python<'_>, last: u64) -> PyResult<()> {
            while self.tried() < last {
                py.detach(|| {
                    let mut state = self.state.lock().unwrap();
                    let end = last.min(state.tried + STEPS);
                    while state.tried < end {
                        state.step();
                    }
                });
                look(py)?;
            }
            Ok(())
        }
    }
}
