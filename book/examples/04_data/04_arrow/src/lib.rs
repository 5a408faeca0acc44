//! A table of planets, which other libraries can read without a copy.

#[pyo3::pymodule]
mod planets {
    use std::ffi::CStr;
    use std::sync::Arc;

    use arrow_array::cast::AsArray;
    use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
    use arrow_array::types::Int32Type;
    use arrow_array::{ArrayRef, Int32Array, RecordBatch, RecordBatchIterator, StringArray};
    use arrow_schema::ArrowError;
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pyo3::types::PyCapsule;

    // ANCHOR: batch
    /// Planets, and how many moons we know of.
    #[pyclass(frozen)]
    struct Planets {
        batch: RecordBatch,
    }

    fn planets() -> Result<RecordBatch, ArrowError> {
        let names: ArrayRef = Arc::new(StringArray::from(vec!["Earth", "Mars", "Kepler-22b"]));
        let moons: ArrayRef = Arc::new(Int32Array::from(vec![Some(1), Some(2), None]));
        RecordBatch::try_from_iter([("name", names), ("moons", moons)])
    }
    // ANCHOR_END: batch

    // ANCHOR: name
    /// What Arrow calls a capsule that contains a stream of batches.
    const STREAM: &CStr = c"arrow_array_stream";
    // ANCHOR_END: name

    fn exception(error: ArrowError) -> PyErr {
        PyValueError::new_err(error.to_string())
    }

    #[pymethods]
    impl Planets {
        #[new]
        fn new() -> PyResult<Self> {
            let batch = planets().map_err(exception)?;
            Ok(Planets { batch })
        }

        // ANCHOR: rows
        fn rows(&self) -> Vec<(&str, Option<i32>)> {
            let names = self.batch.column(0).as_string::<i32>();
            let moons = self.batch.column(1).as_primitive::<Int32Type>();
            names.iter().flatten().zip(moons).collect()
        }
        // ANCHOR_END: rows

        // ANCHOR: export
        #[pyo3(signature = (requested_schema=None))]
        fn __arrow_c_stream__<'py>(
            &self,
            py: Python<'py>,
            requested_schema: Option<Bound<'py, PyAny>>,
        ) -> PyResult<Bound<'py, PyCapsule>> {
            let _ = requested_schema; // It's a wish, and we may ignore it.
            let batches = vec![Ok(self.batch.clone())];
            let reader = RecordBatchIterator::new(batches, self.batch.schema());
            let stream = FFI_ArrowArrayStream::new(Box::new(reader));
            PyCapsule::new_with_value(py, stream, STREAM)
        }
        // ANCHOR_END: export
    }

    // ANCHOR: import
    /// The number of rows, and the names of the columns.
    #[pyfunction]
    fn describe(data: &Bound<'_, PyAny>) -> PyResult<(usize, Vec<String>)> {
        let capsule = data.call_method0("__arrow_c_stream__")?;
        let stream = capsule.cast::<PyCapsule>()?.pointer_checked(Some(STREAM))?;
        // SAFETY: The capsule has the name that the interface prescribes for a stream.
        let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr().cast()) };
        let (mut rows, mut names) = (0, Vec::new());
        for batch in reader.map_err(exception)? {
            let batch = batch.map_err(exception)?;
            rows += batch.num_rows();
            names = batch
                .schema()
                .fields()
                .iter()
                .map(|field| field.name().clone())
                .collect();
        }
        Ok((rows, names))
    }
    // ANCHOR_END: import
}
