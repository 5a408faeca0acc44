//! A backup in blocks. Each block has a checksum, and they can be computed in parallel.

#[pyo3::pymodule]
mod data_parallelism {
    use std::sync::{Condvar, Mutex};
    use std::time::Duration;

    use pyo3::exceptions::{PyRuntimeError, PyValueError};
    use pyo3::prelude::*;
    use pyo3::pybacked::PyBackedBytes;
    use rayon::prelude::*;
    use rayon::{ThreadPool, ThreadPoolBuilder};

    /// A pool with this many threads. This function is complete.
    fn pool(threads: usize) -> PyResult<ThreadPool> {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    /// The Adler-32 checksum of a block. This function is complete. A block that says `meet` waits for
    /// another one (see below), and has the checksum 0 if none comes.
    fn checksum(block: &[u8]) -> u32 {
        if block == b"meet" && !meet() {
            return 0;
        }
        let (a, b) = block.iter().fold((1, 0), |(a, b), &byte| {
            let a = (a + u32::from(byte)) % 65521;
            (a, (b + a) % 65521)
        });
        b << 16 | a
    }

    /// The checksums of all blocks, in order, computed by this many threads at once.
    ///
    /// Other Python threads can run meanwhile.
    #[pyfunction]
    fn checksums(py: Python<'_>, blocks: Vec<PyBackedBytes>, threads: usize) -> PyResult<Vec<u32>> {
        let _ = threads;
        Ok(py.detach(|| blocks.par_iter().map(|block| checksum(block)).collect()))
    }

    /// The numbers of the blocks with an unexpected checksum, in ascending order, found by this many threads at once.
    ///
    /// If the number of checksums isn't the number of blocks: `ValueError`.
    #[pyfunction]
    fn damaged(
        py: Python<'_>,
        blocks: Vec<PyBackedBytes>,
        expected: Vec<u32>,
        threads: usize,
    ) -> PyResult<Vec<usize>> {
        if blocks.len() != expected.len() {
            let message = format!("{} blocks, {} checksums", blocks.len(), expected.len());
            return Err(PyValueError::new_err(message));
        }
        let _ = threads;
        let damaged = || {
            blocks
                .par_iter()
                .zip(&expected)
                .enumerate()
                .filter(|(_, (block, expected))| checksum(block) != **expected)
                .map(|(number, _)| number)
                .collect()
        };
        Ok(py.detach(damaged))
    }

    // The rest is complete. It is there for the tests: two blocks meet, which shows that they are processed at the same time.

    static PRESENT: Mutex<usize> = Mutex::new(0);
    static ARRIVAL: Condvar = Condvar::new();

    /// Comes to the meeting and waits for the other one. `False` if nobody else came: the timeout is a watchdog.
    fn meet() -> bool {
        let mut present = PRESENT.lock().unwrap();
        *present += 1;
        ARRIVAL.notify_all();
        let patience = Duration::from_secs(2);
        let waited = ARRIVAL.wait_timeout_while(present, patience, |present| *present < 2);
        !waited.unwrap().1.timed_out()
    }

    /// Comes to the meeting from Python.
    #[pyfunction]
    fn attend(py: Python<'_>) -> bool {
        py.detach(meet)
    }

    /// How many have come to the meeting so far.
    #[pyfunction]
    fn present() -> usize {
        *PRESENT.lock().unwrap()
    }

    /// Calls a new meeting.
    #[pyfunction]
    fn new_meeting() {
        *PRESENT.lock().unwrap() = 0;
    }
}
