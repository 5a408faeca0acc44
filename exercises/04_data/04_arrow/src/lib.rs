//! Water levels in a table, for every library that knows Arrow.

#[pyo3::pymodule]
mod arrow_streams {
    use std::sync::Arc;

    use arrow_array::cast::AsArray;
    use arrow_array::ffi_stream::RecordBatchStreamReader;
    use arrow_array::types::Float64Type;
    use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
    use arrow_schema::ArrowError;
    use pyo3::exceptions::{PyTypeError, PyValueError};
    use pyo3::prelude::*;
    use pyo3::types::PyCapsule;

    fn exception(error: ArrowError) -> PyErr {
        PyValueError::new_err(error.to_string())
    }

    /// The column with this name, which has to have floats of 64 bits. This function is complete.
    fn floats<'a>(batch: &'a RecordBatch, name: &str) -> PyResult<&'a Float64Array> {
        let column = batch
            .column_by_name(name)
            .ok_or_else(|| PyValueError::new_err(format!("there is no column {name:?}")))?;
        column
            .as_primitive_opt::<Float64Type>()
            .ok_or_else(|| PyTypeError::new_err(format!("{name:?} isn't a column of floats")))
    }

    /// A table with two columns: `station`, and `level`, which may have gaps.
    #[pyclass(frozen)]
    struct Levels {
        batch: RecordBatch,
    }

    #[pymethods]
    impl Levels {
        #[new]
        fn new(stations: Vec<String>, levels: Vec<Option<f64>>) -> PyResult<Self> {
            let stations: ArrayRef = Arc::new(StringArray::from(stations));
            let levels: ArrayRef = Arc::new(Float64Array::from(levels));
            let batch = RecordBatch::try_from_iter([("station", stations), ("level", levels)]);
            let batch = batch.map_err(exception)?;
            Ok(Levels { batch })
        }

        fn __len__(&self) -> usize {
            self.batch.num_rows()
        }

        /// The address of the first level. This getter is complete.
        #[getter]
        fn address(&self) -> PyResult<usize> {
            Ok(floats(&self.batch, "level")?.values().as_ptr().addr())
        }

        /// A new stream of the table, in a capsule. The table keeps its own types, whatever schema has been requested.
        #[pyo3(signature = (requested_schema=None))]
        fn __arrow_c_stream__<'py>(
            &self,
            requested_schema: Option<Bound<'py, PyAny>>,
        ) -> PyResult<Bound<'py, PyCapsule>> {
            let _ = requested_schema;
            todo!("{} rows", self.batch.num_rows())
        }
    }

    /// Opens the stream of any object that has one. An object without one, or whose method doesn't return a capsule, is a
    /// `TypeError`. A capsule with something else in it, or a stream that somebody has already taken, is a `ValueError`.
    fn open(data: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
        todo!("the stream of {data}")
    }

    /// The highest number in a column, in all batches. Gaps are left out, and `None` means that there was nothing but gaps.
    /// An error in the stream is a `ValueError`.
    #[pyfunction]
    fn highest(data: &Bound<'_, PyAny>, column: &str) -> PyResult<Option<f64>> {
        todo!("look through {column:?} in all batches of {data}")
    }

    /// Where the numbers of a column are, batch by batch. This function is complete.
    #[pyfunction]
    fn addresses(data: &Bound<'_, PyAny>, column: &str) -> PyResult<Vec<usize>> {
        let address = |batch: Result<RecordBatch, ArrowError>| {
            let batch = batch.map_err(exception)?;
            Ok(floats(&batch, column)?.values().as_ptr().addr())
        };
        open(data)?.map(address).collect()
    }
}
