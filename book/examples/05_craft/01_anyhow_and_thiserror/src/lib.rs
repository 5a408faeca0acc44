//! Fills in templates such as `Dear {name}`.

#[pyo3::pymodule]
mod templates {
    use anyhow::Context;
    use pyo3::exceptions::{PyLookupError, PyRuntimeError, PyValueError};
    use pyo3::prelude::*;

    // ANCHOR: errors
    /// What a caller may want to react to.
    #[derive(Debug, thiserror::Error)]
    enum TemplateError {
        #[error("`{{{0}` has no closing brace")]
        Unclosed(String),
        #[error("`{0}` isn't a known format")]
        UnknownFormat(String),
    }
    // ANCHOR_END: errors

    // ANCHOR: fill_line
    fn fill_line(line: &str, values: &Bound<'_, PyAny>) -> anyhow::Result<String> {
        let mut filled = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('{') {
            let unclosed = || TemplateError::Unclosed(after.to_owned());
            let (name, after) = after.split_once('}').ok_or_else(unclosed)?;
            filled += before;
            filled += &values.get_item(name)?.to_string();
            rest = after;
        }
        Ok(filled + rest)
    }
    // ANCHOR_END: fill_line

    // ANCHOR: fill
    fn fill_lines(template: &str, values: &Bound<'_, PyAny>) -> anyhow::Result<String> {
        let mut filled = Vec::new();
        for (number, line) in template.lines().enumerate() {
            let place = || format!("in line {}", number + 1);
            filled.push(fill_line(line, values).with_context(place)?);
        }
        Ok(filled.join("\n"))
    }

    /// A first attempt: PyO3 makes an exception of the `anyhow::Error`.
    #[pyfunction]
    fn fill_hopefully(template: &str, values: &Bound<'_, PyAny>) -> anyhow::Result<String> {
        fill_lines(template, values)
    }
    // ANCHOR_END: fill

    // ANCHOR: problem
    /// An `anyhow::Error` on its way to Python.
    struct Problem(anyhow::Error);

    impl<E: Into<anyhow::Error>> From<E> for Problem {
        fn from(error: E) -> Self {
            Problem(error.into())
        }
    }
    // ANCHOR_END: problem

    // ANCHOR: border
    impl From<Problem> for PyErr {
        fn from(Problem(error): Problem) -> Self {
            if let Some(exception) = error.downcast_ref::<PyErr>() {
                return Python::attach(|py| exception.clone_ref(py));
            }
            let message = format!("{error:#}");
            match error.downcast_ref::<TemplateError>() {
                Some(TemplateError::Unclosed(_)) => PyValueError::new_err(message),
                Some(TemplateError::UnknownFormat(_)) => PyLookupError::new_err(message),
                None => PyRuntimeError::new_err(message),
            }
        }
    }
    // ANCHOR_END: border

    // ANCHOR: functions
    #[pyfunction]
    fn fill(template: &str, values: &Bound<'_, PyAny>) -> Result<String, Problem> {
        Ok(fill_lines(template, values)?)
    }

    #[pyfunction]
    fn export(template: &str, format: &str) -> Result<String, Problem> {
        match format {
            "text" => Ok(template.to_owned()),
            "html" => Ok(template.replace('\n', "<br>\n")),
            _ => Err(TemplateError::UnknownFormat(format.to_owned()).into()),
        }
    }
    // ANCHOR_END: functions
}
