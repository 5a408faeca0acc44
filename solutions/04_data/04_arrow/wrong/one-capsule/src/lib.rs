//! Water levels in a table, for every library that knows Arrow.

#[pyo3::pymodule]
mod arrow_streams {
    use std::ffi::CStr;
    use std::sync::Arc;

    use arrow_array::cast::AsArray;
    use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
    use arrow_array::types::Float64Type;
    use arrow_array::{ArrayRef, Float64Array, RecordBatch, RecordBatchIterator, StringArray};
    use arrow_schema::ArrowError;
    use pyo3::exceptions::{PyTypeError, PyValueError};
    use pyo3::prelude::*;
    use pyo3::sync::PyOnceLock;
    use pyo3::types::PyCapsule;

    /// What Arrow calls a capsule that contains a stream.
    const STREAM: &CStr = c"arrow_array_stream";

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
        stream: PyOnceLock<Py<PyCapsule>>,
    }

    #[pymethods]
    impl Levels {
        #[new]
        fn new(stations: Vec<String>, levels: Vec<Option<f64>>) -> PyResult<Self> {
            let stations: ArrayRef = Arc::new(StringArray::from(stations));
            let levels: ArrayRef = Arc::new(Float64Array::from(levels));
            let batch = RecordBatch::try_from_iter([("station", stations), ("level", levels)]);
            let batch = batch.map_err(exception)?;
            Ok(Levels {
                batch,
                stream: PyOnceLock::new(),
            })
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
            py: Python<'py>,
            requested_schema: Option<Bound<'py, PyAny>>,
        ) -> PyResult<Bound<'py, PyCapsule>> {
            let _ = requested_schema;
            let stream = self.stream.get_or_try_init(py, || {
                let batches = [Ok(self.batch.clone())];
                let reader = RecordBatchIterator::new(batches, self.batch.schema());
                let stream = FFI_ArrowArrayStream::new(Box::new(reader));
                PyCapsule::new_with_value(py, stream, STREAM).map(Bound::unbind)
            })?;
            Ok(stream.bind(py).clone())
        }
    }

    /// Opens the stream of any object that has one. An object without one, or whose method doesn't return a capsule, is a
    /// `TypeError`. A capsule with something else in it, or a stream that somebody has already taken, is a `ValueError`.
    fn open(data: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
        let export = data
            .getattr_opt("__arrow_c_stream__")?
            .ok_or_else(|| PyTypeError::new_err("this isn't a table that Arrow knows"))?;
        let capsule = export.call0()?.cast_into::<PyCapsule>()?;
        let stream = capsule.pointer_checked(Some(STREAM))?;
        // SAFETY: By its name, the capsule contains a stream. It's moved out, so that nobody releases it twice.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream.as_ptr().cast()) };
        RecordBatchStreamReader::try_new(stream).map_err(exception)
    }

    /// The highest number in a column, in all batches. Gaps are left out, and `None` means that there was nothing but gaps.
    /// An error in the stream is a `ValueError`.
    #[pyfunction]
    fn highest(data: &Bound<'_, PyAny>, column: &str) -> PyResult<Option<f64>> {
        let mut highest: Option<f64> = None;
        for batch in open(data)? {
            let batch = batch.map_err(exception)?;
            for number in floats(&batch, column)?.iter().flatten() {
                highest = Some(highest.map_or(number, |highest| highest.max(number)));
            }
        }
        Ok(highest)
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
