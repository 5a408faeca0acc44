//! Recorded sound, which Python can read without copying it.

#[pyo3::pymodule]
mod buffers {
    use std::ffi::c_int;

    use pyo3::buffer::{PyBuffer, PyUntypedBuffer};
    use pyo3::exceptions::PyValueError;
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
            if samples.dimensions() != 1 {
                return Err(PyValueError::new_err("a recording is one row of samples"));
            }
            let samples = samples
                .as_slice_ptr()
                .ok_or_else(|| PyValueError::new_err("the samples have gaps"))?;
            // SAFETY: We are attached, so nobody changes the samples meanwhile.
            let samples = unsafe { samples.as_ref() }.to_vec();
            let length = samples.len() as ffi::Py_ssize_t;
            Ok(Recording { samples, length })
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
        unsafe fn __getbuffer__(
            slf: Bound<'_, Self>,
            view: *mut ffi::Py_buffer,
            flags: c_int,
        ) -> PyResult<()> {
            let recording = slf.get();
            let start = recording.samples.as_ptr().cast_mut().cast();
            let bytes = size_of_val(recording.samples.as_slice()) as ffi::Py_ssize_t;
            // SAFETY: The class is frozen, so the samples never move or change, and `view` gets its own reference to the
            // object that owns them.
            let filled =
                unsafe { ffi::PyBuffer_FillInfo(view, slf.as_ptr(), start, bytes, 1, flags) };
            if filled == -1 {
                return Err(PyErr::fetch(slf.py()));
            }
            // SAFETY: Python passes a valid view, and it has been filled in.
            let view = unsafe { &mut *view };
            view.itemsize = size_of::<i16>() as ffi::Py_ssize_t;
            // A field that the caller hasn't asked for has to stay null.
            if !view.format.is_null() {
                view.format = c"h".as_ptr().cast_mut();
            }
            if !view.shape.is_null() {
                view.shape = (&raw const recording.length).cast_mut();
            }
            Ok(())
        }
    }
}
