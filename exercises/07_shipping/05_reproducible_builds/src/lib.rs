//! A library that knows when it was built. This code is complete; the other files aren't.

#[pyo3::pymodule]
mod reproducible_builds {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// When this library was built, in seconds since 1970.
    #[pyfunction]
    fn built_at() -> PyResult<u64> {
        let seconds = env!("BUILT_AT").parse();
        seconds.map_err(|_| PyValueError::new_err("the date of the build isn't a number"))
    }
}
