//! Decodes images with a crate that panics if they are damaged.

/// Stands for a crate that you can't change.
mod vendor {
    /// Appends the pixels of an image to `pixels`. The first byte is the image's width, then come pairs: how many, and which.
    ///
    /// # Panics
    ///
    /// If the image is damaged. What it has appended by then stays there.
    pub fn expand(image: &[u8], pixels: &mut Vec<u8>) {
        let (width, pairs) = image.split_first().expect("there is no header");
        assert!(*width > 0, "the width is 0");
        let before = pixels.len();
        for pair in pairs.chunks(2) {
            let (count, value) = (pair[0], pair[1]);
            pixels.extend(std::iter::repeat_n(value, usize::from(count)));
        }
        let rest = (pixels.len() - before) % usize::from(*width);
        assert!(rest == 0, "the last row has only {rest} pixels");
    }
}

#[pyo3::pymodule]
mod panics_and_aborts {
    use std::panic::{self, AssertUnwindSafe};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    use super::vendor;

    /// How many images are being decoded right now.
    static ACTIVE: AtomicUsize = AtomicUsize::new(0);

    #[pyfunction]
    fn active() -> usize {
        ACTIVE.load(Ordering::Relaxed)
    }

    /// Counts an image as active until it's dropped.
    struct Active {
        finished: bool,
    }

    impl Active {
        fn begin() -> Self {
            ACTIVE.fetch_add(1, Ordering::Relaxed);
            Active { finished: false }
        }
    }

    impl Drop for Active {
        fn drop(&mut self) {
            assert!(self.finished, "an image was given up");
            ACTIVE.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// A decoder, which keeps its memory from one image to the next.
    #[pyclass]
    struct Decoder {
        pixels: Vec<u8>,
        /// How many images it has decoded.
        #[pyo3(get)]
        decoded: u32,
    }

    #[pymethods]
    impl Decoder {
        #[new]
        fn new() -> Self {
            Decoder {
                pixels: Vec::new(),
                decoded: 0,
            }
        }

        /// The pixels of an image.
        ///
        /// A damaged image is a `ValueError` that quotes what the crate says about it, as in `damaged image: the width is
        /// 0`. Afterwards, the decoder is as if it had never seen that image, and it isn't active any more.
        fn decode(&mut self, image: &[u8]) -> PyResult<Vec<u8>> {
            // What a panic leaves in the pixels is removed here.
            self.pixels.clear();
            let expand = || {
                let mut active = Active::begin();
                vendor::expand(image, &mut self.pixels);
                active.finished = true;
            };
            if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(expand)) {
                let words = payload
                    .downcast_ref::<String>()
                    .map(String::as_str)
                    .or_else(|| payload.downcast_ref::<&str>().copied())
                    .unwrap_or("it says nothing");
                return Err(PyValueError::new_err(format!("damaged image: {words}")));
            }
            self.decoded += 1;
            Ok(self.pixels.clone())
        }
    }
}
