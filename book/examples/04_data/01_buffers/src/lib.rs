//! Pictures that Python can look at without copying them.

#[pyo3::pymodule]
mod screen {
    use std::ffi::c_int;

    use pyo3::buffer::PyBuffer;
    use pyo3::ffi;
    use pyo3::prelude::*;

    // ANCHOR: picture
    /// A picture in shades of grey.
    #[pyclass(frozen)]
    struct Picture {
        pixels: Vec<u8>,
        /// How many rows, and how many pixels in each.
        shape: [ffi::Py_ssize_t; 2],
        /// How many bytes it is to the next row, and to the next pixel.
        strides: [ffi::Py_ssize_t; 2],
    }
    // ANCHOR_END: picture

    #[pymethods]
    impl Picture {
        /// A picture that gets brighter from left to right and from top to bottom.
        #[new]
        fn new(height: u8, width: u8) -> Self {
            let pixels = (0..height)
                .flat_map(|y| (0..width).map(move |x| y * 10 + x))
                .collect();
            let (height, width) = (height.into(), width.into());
            Picture {
                pixels,
                shape: [height, width],
                strides: [width, 1],
            }
        }

        // ANCHOR: copy
        fn to_bytes(&self) -> &[u8] {
            &self.pixels
        }
        // ANCHOR_END: copy

        // ANCHOR: lend
        unsafe fn __getbuffer__(
            slf: Bound<'_, Self>,
            view: *mut ffi::Py_buffer,
            flags: c_int,
        ) -> PyResult<()> {
            let picture = slf.get();
            let start = picture.pixels.as_ptr().cast_mut().cast();
            let length = picture.pixels.len() as ffi::Py_ssize_t;
            // SAFETY: Python passes a valid view. The pixels never move, and the view owns a reference to the picture.
            unsafe {
                if ffi::PyBuffer_FillInfo(view, slf.as_ptr(), start, length, 1, flags) == -1 {
                    return Err(PyErr::fetch(slf.py()));
                }
                if !(*view).shape.is_null() {
                    (*view).ndim = 2;
                    (*view).shape = picture.shape.as_ptr().cast_mut();
                }
                if !(*view).strides.is_null() {
                    (*view).strides = picture.strides.as_ptr().cast_mut();
                }
            }
            Ok(())
        }
        // ANCHOR_END: lend
    }

    // ANCHOR: read
    /// The sum of all the numbers.
    #[pyfunction]
    fn total(py: Python<'_>, numbers: PyBuffer<f64>) -> PyResult<f64> {
        let numbers = numbers.to_vec(py)?;
        Ok(py.detach(|| numbers.iter().sum()))
    }
    // ANCHOR_END: read
}
