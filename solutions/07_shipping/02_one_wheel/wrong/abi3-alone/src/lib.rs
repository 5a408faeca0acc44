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
        for argument in arguments.iter() {
            let value = function.call1((&argument,))?;
            table.push((argument, value));
        }
        Ok(table)
    }
}
