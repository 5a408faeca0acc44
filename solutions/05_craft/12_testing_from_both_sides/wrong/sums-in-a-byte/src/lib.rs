//! Colours for Python.

mod colour;

// `cargo test` compiles this file with the library, so it reaches what is private.
#[cfg(test)]
#[path = "../tests/inside.rs"]
mod inside;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use colour::{Colour, Flaw};

/// Every flaw is a `ValueError` with the flaw's text.
impl From<Flaw> for PyErr {
    fn from(flaw: Flaw) -> PyErr {
        PyValueError::new_err(flaw.to_string())
    }
}

/// The colours in any Python iterable of strings. The first thing that goes wrong is the error, whether it's a flaw, an item
/// that isn't a string, or an exception that the iterable raises.
fn colours_in(iterable: &Bound<'_, PyAny>) -> PyResult<Vec<Colour>> {
    let mut colours = Vec::new();
    for item in iterable.try_iter()? {
        colours.push(colour::parse(item?.extract()?)?);
    }
    Ok(colours)
}

#[pymodule]
mod testing_from_both_sides {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// The mean of some colours, as a string. This function is complete.
    #[pyfunction]
    fn mix(colours: &Bound<'_, PyAny>) -> PyResult<String> {
        let colours = super::colours_in(colours)?;
        let mean = super::colour::mean(&colours);
        let mean = mean.ok_or_else(|| PyValueError::new_err("there are no colours"))?;
        Ok(mean.to_string())
    }
}
