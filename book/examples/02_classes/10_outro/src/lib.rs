//! The garage, as Python sees it.

pub mod parking;

#[pyo3::pymodule]
mod garage {
    use pyo3::exceptions::{PyKeyError, PyRuntimeError};
    use pyo3::prelude::*;

    use crate::parking::Spaces;

    // ANCHOR: ticket
    /// A ticket: a value that doesn't change.
    #[pyclass(frozen, eq, hash, get_all, str = "{plate} in {space}")]
    #[derive(PartialEq, Eq, Hash)]
    struct Ticket {
        plate: String,
        space: usize,
    }
    // ANCHOR_END: ticket

    // ANCHOR: garage
    /// A garage: a thing that changes, and stays the same garage.
    #[pyclass(subclass)]
    struct Garage {
        spaces: Spaces,
    }

    #[pymethods]
    impl Garage {
        #[new]
        fn new(spaces: usize) -> Self {
            Garage {
                spaces: Spaces::new(spaces),
            }
        }
        // ANCHOR_END: garage

        // ANCHOR: enter
        /// Whether a car may come in. Derived classes can set their own rules.
        fn admits(&self, plate: &str) -> bool {
            !plate.is_empty()
        }

        fn enter(slf: &Bound<'_, Self>, plate: String) -> PyResult<Ticket> {
            if !slf.call_method1("admits", (&plate,))?.extract::<bool>()? {
                return Err(PyRuntimeError::new_err(format!("{plate} may not come in")));
            }
            let space = slf.borrow_mut().spaces.take(&plate);
            let space = space.ok_or_else(|| PyRuntimeError::new_err("the garage is full"))?;
            Ok(Ticket { plate, space })
        }
        // ANCHOR_END: enter

        // ANCHOR: rest
        fn leave(&mut self, ticket: &Ticket) -> PyResult<()> {
            let left = self.spaces.free(ticket.space, &ticket.plate);
            left.ok_or_else(|| PyKeyError::new_err(ticket.plate.clone()))
        }

        #[getter]
        fn free(&self) -> usize {
            self.spaces.count_free()
        }

        fn __contains__(&self, plate: &str) -> bool {
            self.spaces.find(plate).is_some()
        }
        // ANCHOR_END: rest
    }
}
