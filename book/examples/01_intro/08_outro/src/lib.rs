//! Numbers of books. What they are is in `number`; what Python sees of them is in `isbn`.

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

    impl From<Flaw> for PyErr {
        fn from(flaw: Flaw) -> Self {
            PyValueError::new_err(flaw.to_string())
        }
    }

    /// The digits of a valid number, without spaces and hyphens.
    #[pyfunction]
    #[pyo3(signature = (text, /))]
    fn normalize(text: &str) -> Result<String, Flaw> {
        number::parse(text)
    }

    /// What is wrong with each of some numbers, if anything.
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
}
