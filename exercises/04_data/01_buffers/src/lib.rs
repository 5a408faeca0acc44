//! Recorded sound, which Python can read without copying it.

#[pyo3::pymodule]
mod buffers {
    use std::ffi::c_int;

    use pyo3::buffer::{PyBuffer, PyUntypedBuffer};
    use pyo3::ffi;
    use pyo3::prelude::*;

    /// The address of the first byte that something lends. This function is complete.
    #[pyfunction]
    fn address(thing: &Bound<'_, PyAny>) -> PyResult<usize> {
        Ok(PyUntypedBuffer::get(thing)?.buf_ptr().addr())
    }

    /// A recording: samples of 16 bits each, in one row.
    #[pyclass(frozen, weakref)]
    struct Recording {
        samples: Vec<i16>,
        /// The number of samples, as the buffer protocol wants it.
        length: ffi::Py_ssize_t,
    }

    #[pymethods]
    impl Recording {
        /// Copies the samples from anything that lends some: an `array`, a `memoryview`, another recording. The samples
        /// needn't be next to each other. More than one dimension is a `ValueError`, another type of item a `BufferError`.
        #[new]
        fn new(samples: PyBuffer<i16>) -> PyResult<Self> {
            todo!("copy {} samples", samples.item_count())
        }

        /// The address of the first sample. This getter is complete.
        #[getter]
        fn address(&self) -> usize {
            self.samples.as_ptr().addr()
        }

        fn __len__(&self) -> usize {
            self.samples.len()
        }

        /// Lends the samples where they are, to be read but not changed.
        // TODO: `PyBuffer_FillInfo` does most of it, but it only knows bytes
        unsafe fn __getbuffer__(
            slf: Bound<'_, Self>,
            view: *mut ffi::Py_buffer,
            flags: c_int,
        ) -> PyResult<()> {
            todo!("lend {} samples of {slf}: {view:?}, {flags}", slf.get().length)
        }
    }
}
