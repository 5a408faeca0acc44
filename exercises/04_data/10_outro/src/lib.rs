//! Tables that are stored by column, and grouped by label.

mod columns;
mod source;

#[pyo3::pymodule]
mod column_table {
    use pyo3::exceptions::{PyKeyError, PyTypeError};
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    use crate::columns::{Column, Failure};

    impl From<Failure> for PyErr {
        /// A wrong line is a `ValueError` with the message `line 3: reason`. What went wrong in `read` is raised again.
        fn from(failure: Failure) -> PyErr {
            match failure {
                Failure::Io(error) => todo!("raise {error}"),
                Failure::Line(line, reason) => todo!("line {line}: {reason}"),
            }
        }
    }

    /// A column that comes from Python: a NumPy array of `float64`, or a list of strings.
    // TODO: one variant for each, and the conversion
    enum Values {}

    /// A column that goes to Python: a NumPy array, or a list of strings.
    // TODO
    enum Returned {}

    /// What to calculate: a tuple `(column, how)`, or a dictionary with the keys `column`, `how` and `name`. The name may be
    /// missing; then it's `how` and `column` with a `_` between them.
    // TODO
    enum Measure {}

    /// A table. It never changes.
    #[pyclass(frozen)]
    struct Table {
        columns: Vec<(String, Column)>,
    }

    impl Table {
        /// The column, or a `KeyError`.
        fn column(&self, name: &str) -> PyResult<&Column> {
            let mut columns = self.columns.iter();
            let found = columns.find(|(other, _)| other == name);
            found
                .map(|(_, column)| column)
                .ok_or_else(|| PyKeyError::new_err(name.to_owned()))
        }

        /// The numbers of this column. Labels are a `TypeError`.
        fn numbers(&self, name: &str) -> PyResult<&[f64]> {
            match self.column(name)? {
                Column::Numbers(numbers) => Ok(numbers),
                Column::Labels(_) => Err(PyTypeError::new_err(format!("{name} has labels"))),
            }
        }

        /// The labels of this column. Numbers are a `TypeError`.
        fn labels(&self, name: &str) -> PyResult<&[String]> {
            match self.column(name)? {
                Column::Labels(labels) => Ok(labels),
                Column::Numbers(_) => Err(PyTypeError::new_err(format!("{name} has numbers"))),
            }
        }
    }

    #[pymethods]
    impl Table {
        /// `Table(columns)`, from a dictionary of columns by name.
        ///
        /// Arrays may have any layout. One that isn't aligned is a `ValueError`, and so are columns of different lengths.
        #[new]
        fn new(columns: &Bound<'_, PyDict>) -> PyResult<Self> {
            todo!("a table of {columns}")
        }

        /// `Table.read(file)`, from any object with a method `read(size)`, in few calls of it.
        #[staticmethod]
        fn read(file: Bound<'_, PyAny>) -> PyResult<Self> {
            todo!("read {file}")
        }

        /// The names of the columns, in order.
        #[getter]
        fn names(&self) -> Vec<&str> {
            todo!("the names of {} columns", self.columns.len())
        }

        /// The number of rows.
        fn __len__(&self) -> usize {
            todo!("the length of {} columns", self.columns.len())
        }

        /// A column, as an array of its own or a list.
        fn __getitem__(&self, name: &str) -> PyResult<()> {
            todo!("column {name} of {}", self.columns.len())
        }

        /// `table.group(by, measures)`: a table with one row for each label in the column `by`, sorted, and a column for each
        /// measure.
        ///
        /// An unknown way to calculate is a `ValueError`.
        fn group(&self, by: &str, measures: &Bound<'_, PyAny>) -> PyResult<Table> {
            todo!("{measures} for each label in {by}")
        }
    }
}
