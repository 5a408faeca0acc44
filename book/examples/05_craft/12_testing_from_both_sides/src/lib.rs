//! Fares, for Rust and for Python.

pub mod fare;

use fare::{Refusal, fare};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

// ANCHOR: glue
impl From<Refusal> for PyErr {
    fn from(refusal: Refusal) -> PyErr {
        PyValueError::new_err(refusal.to_string())
    }
}

/// What all these rides cost together.
fn sum_of(rides: &Bound<'_, PyAny>) -> PyResult<u32> {
    let mut sum = 0;
    for zones in rides.try_iter()? {
        sum += fare(zones?.extract()?)?;
    }
    Ok(sum)
}
// ANCHOR_END: glue

#[pymodule]
mod fares {
    use pyo3::prelude::*;

    #[pyfunction]
    #[pyo3(signature = (rides, *, discount = 0))]
    fn total(rides: &Bound<'_, PyAny>, discount: u32) -> PyResult<u32> {
        Ok(super::sum_of(rides)?.saturating_sub(discount))
    }
}

// ANCHOR: glue_tests
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rides_come_from_any_iterable() {
        Python::initialize();
        Python::attach(|py| {
            let rides = py.eval(c"range(1, 4)", None, None).unwrap();
            assert_eq!(sum_of(&rides).unwrap(), 1110);
            let rides = py.eval(c"[3, 10]", None, None).unwrap();
            let error = sum_of(&rides).unwrap_err();
            assert!(error.is_instance_of::<PyValueError>(py));
        });
    }
}
// ANCHOR_END: glue_tests
