//! Book numbers. `number` says what they are; `isbn` says what Python sees of them.

mod number;

/// International standard book numbers.
#[pyo3::pymodule]
mod isbn {
    use std::collections::BTreeMap;

    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    use crate::number::{self, Flaw};

    #[pymodule_export]
    const DIGITS: usize = number::DIGITS;

    // ANCHOR: error
    impl From<Flaw> for PyErr {
        fn from(flaw: Flaw) -> Self {
            PyValueError::new_err(flaw.to_string())
        }
    }
    // ANCHOR_END: error

    // ANCHOR: normalize
    /// The digits of a valid number, without spaces and hyphens.
    #[pyfunction]
    #[pyo3(signature = (text, /))]
    fn normalize(text: &str) -> Result<String, Flaw> {
        number::parse(text)
    }
    // ANCHOR_END: normalize

    // ANCHOR: check_all
    /// Checks many numbers: says for each what is wrong with it, or `None`.
    #[pyfunction]
    #[pyo3(signature = (texts, *, only_flawed=true))]
    fn check_all(
        texts: &Bound<'_, PyAny>,
        only_flawed: bool,
    ) -> PyResult<BTreeMap<String, Option<String>>> {
        let mut found = BTreeMap::new();
        for text in texts.try_iter()? {
            let text: String = text?.extract()?;
            let flaw = number::parse(&text).err().map(|flaw| flaw.to_string());
            if flaw.is_some() || !only_flawed {
                found.insert(text, flaw);
            }
        }
        Ok(found)
    }
    // ANCHOR_END: check_all
}
