//! Distances on the globe. TODO: in the finished package, this module is `waymarks._native`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

#[pymodule]
mod waymarks {
    #[pymodule_export]
    use super::distance;
}

/// The mean radius of the Earth in kilometres.
const RADIUS: f64 = 6371.0;

/// The distance between two places in kilometres, along the surface of the Earth.
///
/// A place is its latitude and its longitude in degrees, north and east of zero. A latitude that isn't between -90 and 90,
/// or a longitude that isn't between -180 and 180, is a `ValueError`.
#[pyfunction]
fn distance(start: (f64, f64), end: (f64, f64)) -> PyResult<f64> {
    for (latitude, longitude) in [start, end] {
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            let message = format!("({latitude}, {longitude}) isn't a place");
            return Err(PyValueError::new_err(message));
        }
    }
    // With all angles in radians, d = 2 r asin(√h) and h = sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2), where φ is the latitude and
    // λ the longitude.
    todo!("calculate the distance with a radius of {RADIUS}")
}
