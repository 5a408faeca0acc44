//! Copies the lines that contain a word, from any file-like object to any other.

#[pyo3::pymodule]
mod file_like_objects {
    use std::io::{self, Read, Write};

    use pyo3::prelude::*;

    /// A Python object with a method `read(size)`.
    struct Source<'py>(Bound<'py, PyAny>);

    impl Read for Source<'_> {
        /// Calls `read(size)` once, where `size` is the space in the buffer.
        ///
        /// The result may be shorter than that; if it is empty, this is the end. If it isn't `bytes` or a `bytearray`, that
        /// is a `TypeError`; if it is too long, a `ValueError`. An exception in `read` goes through unchanged.
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            todo!("read up to {} bytes from {}", buffer.len(), self.0)
        }
    }

    /// A Python object with a method `write(data)`, and perhaps a method `flush()`.
    struct Sink<'py>(Bound<'py, PyAny>);

    impl Write for Sink<'_> {
        /// Calls `write(data)` once, and returns how many bytes it took. `None` means that it took all of them. If it claims to
        /// have taken more than it was given, that is a `ValueError`.
        fn write(&mut self, data: &[u8]) -> io::Result<usize> {
            todo!("write {} bytes to {}", data.len(), self.0)
        }

        /// Calls `flush()`, if the object has it.
        fn flush(&mut self) -> io::Result<()> {
            todo!("flush {}", self.0)
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
        let (source, sink) = (Source(source), Sink(sink));
        // TODO: read line by line. Which types of `std::io` collect small reads and writes?
        todo!("{}: {} -> {}", contains(b"", word), source.0, sink.0)
    }
}
