//! A darkroom: pictures as arrays of brightness.

#[pyo3::pymodule]
mod numpy_out {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use numpy::ndarray::{ArrayView2, ArrayViewMut2};
    use numpy::{PyArray1, PyReadonlyArray2, PyReadwriteArray2};
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// How often a function has let go of the interpreter.
    static DETACHED: AtomicUsize = AtomicUsize::new(0);
    /// Where the latest row means were before they went to Python.
    static MADE_AT: AtomicUsize = AtomicUsize::new(0);

    #[pyfunction]
    fn detached() -> usize {
        DETACHED.load(Ordering::Relaxed)
    }

    #[pyfunction]
    fn made_at() -> usize {
        MADE_AT.load(Ordering::Relaxed)
    }

    /// `Python::detach`, counted. Use this to let go of the interpreter.
    fn detach<R: Send>(py: Python<'_>, work: impl FnOnce() -> R + Send) -> R {
        DETACHED.fetch_add(1, Ordering::Relaxed);
        py.detach(work)
    }

    /// The mean of each row. This function is complete.
    fn row_means(picture: ArrayView2<'_, f64>) -> Vec<f64> {
        let means = picture
            .rows()
            .into_iter()
            .map(|row| row.sum() / row.len() as f64);
        let means: Vec<f64> = means.collect();
        MADE_AT.store(means.as_ptr().addr(), Ordering::Relaxed);
        means
    }

    /// Darkens and brightens, so that the darkest pixel is 0 and the brightest is 1. This function is complete.
    fn full_contrast(mut picture: ArrayViewMut2<'_, f64>) {
        let darkest = picture.iter().copied().fold(f64::INFINITY, f64::min);
        let brightest = picture.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if darkest < brightest {
            picture.mapv_inplace(|pixel| (pixel - darkest) / (brightest - darkest));
        }
    }

    /// The brightness of each row of the picture, as an array. The numbers are moved into it, not copied. Other threads can
    /// run Python meanwhile.
    #[pyfunction]
    fn profile<'py>(
        py: Python<'py>,
        picture: PyReadonlyArray2<'py, f64>,
    ) -> Bound<'py, PyArray1<f64>> {
        let picture = picture.as_array();
        let means = detach(py, || row_means(picture));
        PyArray1::from_slice(py, &means)
    }

    /// Gives the picture full contrast, in place. Other threads can run Python meanwhile.
    #[pyfunction]
    fn stretch(py: Python<'_>, mut picture: PyReadwriteArray2<'_, f64>) {
        let picture = picture.as_array_mut();
        detach(py, || full_contrast(picture));
    }

    /// Blends another picture into this one, in place: `share` of the result comes from the other. Other threads can run
    /// Python meanwhile.
    ///
    /// Pictures of different sizes are a `ValueError`. Pictures that overlap in memory are a `TypeError`. In both cases,
    /// nothing has changed.
    #[pyfunction]
    fn blend(
        py: Python<'_>,
        mut picture: PyReadwriteArray2<'_, f64>,
        other: PyReadonlyArray2<'_, f64>,
        share: f64,
    ) -> PyResult<()> {
        let mut picture = picture.as_array_mut();
        let other = other.as_array();
        if picture.dim() != other.dim() {
            return Err(PyValueError::new_err("the pictures differ in size"));
        }
        detach(py, || {
            picture.zip_mut_with(&other, |pixel, other| {
                *pixel = *pixel * (1.0 - share) + other * share;
            });
        });
        Ok(())
    }
}
