//! Tables of values.

#[pyo3::pymodule]
mod one_wheel {
    use pyo3::prelude::*;
    use pyo3::types::PyTuple;

    /// Each argument with what `function` returns for it.
    #[pyfunction]
    fn tabulate<'py>(
        function: &Bound<'py, PyAny>,
        arguments: &Bound<'py, PyTuple>,
    ) -> PyResult<Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
        let mut table = Vec::with_capacity(arguments.len());
        for argument in arguments.as_slice() {
            table.push((argument.clone(), function.call1((argument,))?));
        }
        Ok(table)
    }
}
