//! Distances on the globe: the compiled part of the package `waymarks`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

#[pymodule]
mod _native {
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
    let (latitude, longitude) = (start.0.to_radians(), start.1.to_radians());
    let (to_latitude, to_longitude) = (end.0.to_radians(), end.1.to_radians());
    let northwards = ((to_latitude - latitude) / 2.0).sin().powi(2);
    let eastwards = ((to_longitude - longitude) / 2.0).sin().powi(2);
    let h = northwards + latitude.cos() * to_latitude.cos() * eastwards;
    Ok(2.0 * RADIUS * h.sqrt().asin())
}
