//! Levels of the sea, and a way to pass them to another extension.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyCapsule;

// ANCHOR: class
/// A series of levels, in metres.
#[pyclass(frozen, module = "gauge")]
pub struct Gauge {
    levels: Arc<[f64]>,
}
// ANCHOR_END: class

// ANCHOR: agreement
/// What the extensions have agreed on, under the name `gauge.levels.1`.
#[repr(C)]
struct Levels {
    length: usize,
    /// The level at an index below `length`.
    level: extern "C" fn(*const Levels, usize) -> f64,
}
// ANCHOR_END: agreement

// ANCHOR: producer
/// What's behind the pointer in fact. Others only know the beginning.
#[repr(C)]
struct Shared {
    public: Levels,
    levels: Arc<[f64]>,
}

extern "C" fn level(levels: *const Levels, index: usize) -> f64 {
    // SAFETY: this function is only in a `Shared`, which begins with these `Levels`.
    let shared = unsafe { &*levels.cast::<Shared>() };
    shared.levels.get(index).copied().unwrap_or(f64::NAN)
}

#[pymethods]
impl Gauge {
    fn __gauge_levels__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let levels = Arc::clone(&self.levels);
        let length = levels.len();
        let public = Levels { length, level };
        PyCapsule::new_with_value(py, Shared { public, levels }, c"gauge.levels.1")
    }
    // ANCHOR_END: producer

    #[new]
    fn new(levels: Vec<f64>) -> Self {
        Gauge {
            levels: levels.into(),
        }
    }

    #[getter]
    fn levels(&self) -> Vec<f64> {
        self.levels.to_vec()
    }

    /// The lowest level.
    pub fn lowest(&self) -> f64 {
        self.levels.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

#[pymodule(name = "gauge")]
mod module {
    #[pymodule_export]
    use super::Gauge;
}
