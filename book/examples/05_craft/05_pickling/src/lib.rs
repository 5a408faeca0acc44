//! Electricity meters, which are saved to a file in the evening.

use pyo3::prelude::*;
use pyo3::types::PyType;

// ANCHOR: badge
/// Who may read the meters.
#[pyclass(frozen)]
struct Badge {
    number: u32,
}

#[pymethods]
impl Badge {
    #[new]
    fn new(number: u32) -> Self {
        Badge { number }
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyType>, (u32,)) {
        (slf.get_type(), (slf.get().number,))
    }
}
// ANCHOR_END: badge

// ANCHOR: meter
/// A meter starts with its owner. The readings come later.
#[pyclass(module = "meter", get_all)]
struct Meter {
    owner: Py<PyAny>,
    readings: Vec<u64>,
}
// ANCHOR_END: meter

// ANCHOR: description
type Arguments = (Py<PyAny>,);
type State = Vec<u64>;
type Description<'py> = (Bound<'py, PyType>, Arguments, State);
// ANCHOR_END: description

#[pymethods]
impl Meter {
    // ANCHOR: new
    #[new]
    fn new(owner: Py<PyAny>) -> Self {
        Meter {
            owner,
            readings: Vec::new(),
        }
    }

    fn read(&mut self, value: u64) {
        self.readings.push(value);
    }
    // ANCHOR_END: new

    // ANCHOR: reduce
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> Description<'py> {
        let meter = slf.borrow();
        let owner = meter.owner.clone_ref(slf.py());
        (slf.get_type(), (owner,), meter.readings.clone())
    }

    fn __setstate__(&mut self, state: State) {
        self.readings = state;
    }
    // ANCHOR_END: reduce
}

// ANCHOR: module
#[pymodule]
mod meter {
    #[pymodule_export]
    use super::{Badge, Meter};

    #[pyo3::pymodule]
    mod parts {
        use pyo3::prelude::*;

        #[pyclass]
        struct Fuse {}

        #[pymethods]
        impl Fuse {
            #[new]
            fn new() -> Self {
                Fuse {}
            }

            fn __reduce__(slf: &Bound<'_, Self>) -> (Py<PyAny>, ()) {
                (slf.get_type().into_any().unbind(), ())
            }
        }
    }
}
// ANCHOR_END: module
