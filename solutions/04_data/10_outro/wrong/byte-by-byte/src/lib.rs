//! Tables that are stored by column, and grouped by label.

mod columns;
mod source;

#[pyo3::pymodule]
mod column_table {
    use std::io::{self, Read};

    use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1, PyUntypedArrayMethods};
    use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    use crate::columns::{self, Column, Failure, How};
    use crate::source::Source;

    impl From<Failure> for PyErr {
        /// A wrong line is a `ValueError` with the message `line 3: reason`. What went wrong in `read` is raised again.
        fn from(failure: Failure) -> PyErr {
            match failure {
                Failure::Io(error) => error.into(),
                Failure::Line(line, reason) => {
                    PyValueError::new_err(format!("line {line}: {reason}"))
                }
            }
        }
    }

    /// A column that comes from Python: a NumPy array of `float64`, or a list of strings.
    #[derive(FromPyObject)]
    enum Values<'py> {
        Numbers(PyReadonlyArray1<'py, f64>),
        Labels(Vec<String>),
    }

    /// A column that goes to Python: a NumPy array, or a list of strings.
    #[derive(IntoPyObject)]
    enum Returned<'py> {
        Numbers(Bound<'py, PyArray1<f64>>),
        Labels(Vec<String>),
    }

    /// What to calculate: a tuple `(column, how)`, or a dictionary with the keys `column`, `how` and `name`. The name may be
    /// missing; then it's `how` and `column` with a `_` between them.
    #[derive(FromPyObject)]
    enum Measure {
        Pair(String, String),
        #[pyo3(from_item_all)]
        Named {
            column: String,
            how: String,
            #[pyo3(default)]
            name: Option<String>,
        },
    }

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
            let mut table: Vec<(String, Column)> = Vec::new();
            for (name, values) in columns {
                let column = match values.extract()? {
                    Values::Numbers(array) if !array.is_aligned() => {
                        return Err(PyValueError::new_err(format!("{name} isn't aligned")));
                    }
                    Values::Numbers(array) => Column::Numbers(array.as_array().to_vec()),
                    Values::Labels(labels) => Column::Labels(labels),
                };
                if table
                    .first()
                    .is_some_and(|(_, first)| first.len() != column.len())
                {
                    return Err(PyValueError::new_err(format!("{name} has another length")));
                }
                table.push((name.extract()?, column));
            }
            Ok(Table { columns: table })
        }

        /// `Table.read(file)`, from any object with a method `read(size)`, in few calls of it.
        #[staticmethod]
        fn read(file: Bound<'_, PyAny>) -> PyResult<Self> {
            let bytes: io::Result<Vec<u8>> = Source(file).bytes().collect();
            let columns = columns::parse(&bytes?[..])?;
            Ok(Table { columns })
        }

        /// The names of the columns, in order.
        #[getter]
        fn names(&self) -> Vec<&str> {
            self.columns.iter().map(|(name, _)| name.as_str()).collect()
        }

        /// The number of rows.
        fn __len__(&self) -> usize {
            self.columns.first().map_or(0, |(_, column)| column.len())
        }

        /// A column, as an array of its own or a list.
        fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Returned<'py>> {
            Ok(match self.column(name)? {
                Column::Numbers(numbers) => Returned::Numbers(numbers.clone().into_pyarray(py)),
                Column::Labels(labels) => Returned::Labels(labels.clone()),
            })
        }

        /// `table.group(by, measures)`: a table with one row for each label in the column `by`, sorted, and a column for each
        /// measure.
        ///
        /// An unknown way to calculate is a `ValueError`.
        fn group(&self, by: &str, measures: Vec<Measure>) -> PyResult<Table> {
            let groups = columns::groups(self.labels(by)?);
            let labels = groups.keys().map(|label| (*label).to_owned()).collect();
            let mut columns = vec![(by.to_owned(), Column::Labels(labels))];
            for measure in measures {
                let (column, how, name) = match measure {
                    Measure::Pair(column, how) => (column, how, None),
                    Measure::Named { column, how, name } => (column, how, name),
                };
                let numbers = self.numbers(&column)?;
                let way = How::named(&how)
                    .ok_or_else(|| PyValueError::new_err(format!("{how} is unknown")))?;
                let measured = groups
                    .values()
                    .map(|rows| columns::measure(numbers, rows, way));
                let name = name.unwrap_or_else(|| format!("{how}_{column}"));
                columns.push((name, Column::Numbers(measured.collect())));
            }
            Ok(Table { columns })
        }
    }
}
