//! How deep the water in a harbour is: a second extension.

#[pyo3::pymodule]
mod harbour {
    use gauge::Gauge;
    use pyo3::prelude::*;
    use pyo3::types::PyCapsule;

    // ANCHOR: class
    #[pyfunction]
    fn lowest_of_class(gauge: &Bound<'_, Gauge>) -> f64 {
        gauge.get().lowest()
    }
    // ANCHOR_END: class

    // ANCHOR: attribute
    #[pyfunction]
    fn lowest_of_list(gauge: &Bound<'_, PyAny>) -> PyResult<f64> {
        let levels: Vec<f64> = gauge.getattr("levels")?.extract()?;
        Ok(levels.into_iter().fold(f64::INFINITY, f64::min))
    }
    // ANCHOR_END: attribute

    // ANCHOR: capsule
    #[repr(C)]
    struct Levels {
        length: usize,
        level: extern "C" fn(*const Levels, usize) -> f64,
    }

    #[pyfunction]
    fn lowest(gauge: &Bound<'_, PyAny>) -> PyResult<f64> {
        let capsule = gauge.call_method0("__gauge_levels__")?;
        let capsule = capsule.cast_into::<PyCapsule>()?;
        let pointer = capsule
            .pointer_checked(Some(c"gauge.levels.1"))?
            .cast::<Levels>();
        // SAFETY: this layout was agreed on for this name, and the capsule keeps it alive.
        let levels = unsafe { pointer.as_ref() };
        // The function gets the pointer itself: it reads beyond the `Levels`.
        let all = (0..levels.length).map(|index| (levels.level)(pointer.as_ptr(), index));
        Ok(all.fold(f64::INFINITY, f64::min))
    }
    // ANCHOR_END: capsule
}
