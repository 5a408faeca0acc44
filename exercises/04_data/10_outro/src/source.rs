//! A Python object with a method `read(size)`, as something that Rust can read. This file is complete.

use std::io::{self, Read};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

pub struct Source<'py>(pub Bound<'py, PyAny>);

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = intern!(self.0.py(), "read");
        let object = self.0.call_method1(read, (buffer.len(),))?;
        let Ok(bytes) = object.extract::<PyBackedBytes>() else {
            let message = "read() must return bytes; is the file open in binary mode?";
            return Err(PyTypeError::new_err(message).into());
        };
        if bytes.len() > buffer.len() {
            return Err(PyValueError::new_err("read() returned too many bytes").into());
        }
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}
