//! Objects that Rust works with and keeps, without knowing what they are.

#[pyo3::pymodule]
mod archive {
    use std::sync::Mutex;

    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    // ANCHOR: apply
    /// Calls `function` with `object`.
    #[pyfunction]
    fn apply<'py>(
        function: &Bound<'py, PyAny>,
        object: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        function.call1((object,))
    }
    // ANCHOR_END: apply

    // ANCHOR: group_by
    /// Sorts any objects into lists, by what `key` returns for each.
    #[pyfunction]
    fn group_by<'py>(
        items: &Bound<'py, PyAny>,
        key: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let groups = PyDict::new(items.py());
        for item in items.try_iter()? {
            let item = item?;
            let name = key.call1((&item,))?;
            match groups.get_item(&name)? {
                Some(group) => group.call_method1("append", (item,)).map(drop)?,
                None => groups.set_item(name, vec![item])?,
            }
        }
        Ok(groups)
    }
    // ANCHOR_END: group_by

    // ANCHOR: template
    /// The current template. It outlives every call, so it is a `Py`.
    static TEMPLATE: Mutex<Option<Py<PyAny>>> = Mutex::new(None);

    /// The current template, or `None`.
    #[pyfunction]
    fn template(py: Python<'_>) -> Option<Bound<'_, PyAny>> {
        let current = TEMPLATE.lock().unwrap();
        Some(current.as_ref()?.bind(py).clone())
    }
    // ANCHOR_END: template

    // ANCHOR: use_template
    /// Replaces the current template.
    #[pyfunction]
    fn use_template(template: Bound<'_, PyAny>) {
        let mut current = TEMPLATE.lock().unwrap();
        let previous = current.replace(template.unbind());
        drop(current); // before `previous` is dropped, which may run Python code
        drop(previous);
    }
    // ANCHOR_END: use_template
}
