//! Counts letters, wherever they come from.

#[pyo3::pymodule]
mod letter_count {
    use std::collections::BTreeMap;
    use std::fs::File;
    use std::io::{self, BufReader, Read};
    use std::path::PathBuf;

    use pyo3::prelude::*;
    use pyo3::pybacked::PyBackedBytes;

    // ANCHOR: tally
    /// How often each letter occurs. Pure Rust: it takes anything that can be read.
    fn tally(source: impl Read) -> io::Result<BTreeMap<char, u64>> {
        let mut counts = BTreeMap::new();
        for byte in BufReader::new(source).bytes() {
            let letter = char::from(byte?);
            if letter.is_ascii_alphabetic() {
                *counts.entry(letter).or_insert(0) += 1;
            }
        }
        Ok(counts)
    }
    // ANCHOR_END: tally

    // ANCHOR: first
    #[pyfunction]
    fn count_path(path: PathBuf) -> PyResult<BTreeMap<char, u64>> {
        Ok(tally(File::open(path)?)?)
    }
    // ANCHOR_END: first

    // ANCHOR: source
    /// A Python object with a method `read(size)`.
    struct Source(Py<PyAny>);

    impl Read for Source {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            Python::attach(|py| {
                let bytes = self.0.call_method1(py, "read", (buffer.len(),))?;
                let bytes: PyBackedBytes = bytes.extract(py).map_err(PyErr::from)?;
                buffer[..bytes.len()].copy_from_slice(&bytes);
                Ok(bytes.len())
            })
        }
    }
    // ANCHOR_END: source

    // ANCHOR: count
    #[pyfunction]
    fn count(py: Python<'_>, file: Py<PyAny>) -> PyResult<BTreeMap<char, u64>> {
        Ok(py.detach(|| tally(Source(file)))?)
    }
    // ANCHOR_END: count
}
