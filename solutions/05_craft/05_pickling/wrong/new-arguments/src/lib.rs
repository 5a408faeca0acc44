//! Draws rows of a table at random, for a job that takes days and saves its progress.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyList;

/// What the constructor can't be given.
type State = (u64, u64, Py<PyList>);

/// A source of random row numbers. The same seed draws the same rows.
///
/// Pickled and unpickled, at any protocol, a sampler continues where it was, and keeps its count and its notes. So does a
/// copy. After `copy.copy`, both have the same list of notes; after `copy.deepcopy`, each has a list of its own.
#[pyclass(module = "pickling")]
pub struct Sampler {
    rows: u64,
    /// Starts from the seed, which isn't kept, and changes with every draw.
    state: u64,
    /// How many rows have been drawn.
    #[pyo3(get)]
    drawn: u64,
    /// Whatever the job wants to remember.
    #[pyo3(get)]
    notes: Py<PyList>,
}

#[pymethods]
impl Sampler {
    /// This method is complete.
    #[new]
    fn new(py: Python<'_>, rows: u64, seed: u64) -> PyResult<Self> {
        if rows == 0 {
            return Err(PyValueError::new_err("a table without rows"));
        }
        Ok(Sampler {
            rows,
            state: scrambled(seed),
            drawn: 0,
            notes: PyList::empty(py).unbind(),
        })
    }

    /// The next row. This method is complete.
    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.drawn += 1;
        scrambled(self.state) % self.rows
    }

    fn __getnewargs__(&self) -> (u64, u64) {
        (self.rows, 0)
    }

    fn __getstate__(&self, py: Python<'_>) -> State {
        (self.state, self.drawn, self.notes.clone_ref(py))
    }

    fn __setstate__(&mut self, state: State) {
        (self.state, self.drawn, self.notes) = state;
    }
}

/// A number that has little to do with the given one.
fn scrambled(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[pymodule]
mod pickling {
    #[pymodule_export]
    use super::Sampler;
}
