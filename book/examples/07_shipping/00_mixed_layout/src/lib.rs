//! High tides.

// ANCHOR: module
#[pyo3::pymodule]
mod _native {
    use pyo3::prelude::*;

    /// A high tide: its time in minutes and its height in centimetres.
    #[pyclass(frozen, get_all, module = "tides")]
    struct Tide {
        minute: u32,
        height: u32,
    }
    // ANCHOR_END: module

    #[pymethods]
    impl Tide {
        #[new]
        fn new(minute: u32, height: u32) -> Self {
            Tide { minute, height }
        }
    }

    /// The next high tide, which comes 12 hours and 25 minutes later.
    #[pyfunction]
    fn following(tide: &Tide) -> Tide {
        Tide {
            minute: tide.minute + 745,
            height: tide.height,
        }
    }
}
