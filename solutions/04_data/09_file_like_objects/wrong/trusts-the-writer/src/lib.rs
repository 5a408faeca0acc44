//! Copies the lines that contain a word, from any file-like object to any other.

#[pyo3::pymodule]
mod file_like_objects {
    use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

    use pyo3::exceptions::{PyTypeError, PyValueError};
    use pyo3::intern;
    use pyo3::prelude::*;
    use pyo3::pybacked::PyBackedBytes;
    use pyo3::types::PyBytes;

    /// A Python object with a method `read(size)`.
    struct Source<'py>(Bound<'py, PyAny>);

    impl Read for Source<'_> {
        /// Calls `read(size)` once, where `size` is the space in the buffer.
        ///
        /// The result may be shorter than that; if it is empty, this is the end. If it isn't `bytes` or a `bytearray`, that
        /// is a `TypeError`; if it is too long, a `ValueError`. An exception in `read` goes through unchanged.
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let py = self.0.py();
            let object = self.0.call_method1(intern!(py, "read"), (buffer.len(),))?;
            let Ok(bytes) = object.extract::<PyBackedBytes>() else {
                let message =
                    format!("read() returned {object:?}; is the file open in binary mode?");
                return Err(PyTypeError::new_err(message).into());
            };
            if bytes.len() > buffer.len() {
                return Err(PyValueError::new_err("read() returned too many bytes").into());
            }
            buffer[..bytes.len()].copy_from_slice(&bytes);
            Ok(bytes.len())
        }
    }

    /// A Python object with a method `write(data)`, and perhaps a method `flush()`.
    struct Sink<'py>(Bound<'py, PyAny>);

    impl Write for Sink<'_> {
        /// Calls `write(data)` once, and returns how many bytes it took. `None` means that it took all of them. If it claims to
        /// have taken more than it was given, that is a `ValueError`.
        fn write(&mut self, data: &[u8]) -> io::Result<usize> {
            let py = self.0.py();
            let taken = self
                .0
                .call_method1(intern!(py, "write"), (PyBytes::new(py, data),))?;
            let taken: Option<usize> = taken.extract()?;
            let taken = taken.unwrap_or(data.len());
            Ok(taken)
        }

        /// Calls `flush()`, if the object has it.
        fn flush(&mut self) -> io::Result<()> {
            let flush = intern!(self.0.py(), "flush");
            if self.0.hasattr(flush)? {
                self.0.call_method0(flush)?;
            }
            Ok(())
        }
    }

    /// Whether the line contains the word. This function is complete.
    fn contains(line: &[u8], word: &[u8]) -> bool {
        word.is_empty() || line.windows(word.len()).any(|part| part == word)
    }

    /// Copies the lines that contain the word, and returns how many.
    ///
    /// A line ends after `b"\n"`; the last one may lack it. Few large reads and writes, instead of one for each line. When
    /// this returns, the sink has everything, and has been flushed.
    #[pyfunction]
    fn grep(source: Bound<'_, PyAny>, sink: Bound<'_, PyAny>, word: &[u8]) -> PyResult<usize> {
        let mut source = BufReader::new(Source(source));
        let mut sink = BufWriter::new(Sink(sink));
        let mut found = 0;
        let mut line = Vec::new();
        while source.read_until(b'\n', &mut line)? > 0 {
            if contains(&line, word) {
                sink.write_all(&line)?;
                found += 1;
            }
            line.clear();
        }
        sink.flush()?;
        Ok(found)
    }
}
