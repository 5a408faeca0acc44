//! A series of measurements.

#[pyo3::pymodule]
mod series {
    use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
    use pyo3::exceptions::{PyIndexError, PyValueError};
    use pyo3::prelude::*;

    // ANCHOR: numbers
    /// What a series can be made of.
    #[derive(FromPyObject)]
    enum Numbers<'py> {
        #[pyo3(annotation = "array of float64")]
        Array(PyReadonlyArray1<'py, f64>),
        #[pyo3(annotation = "list[float]")]
        List(Vec<f64>),
    }
    // ANCHOR_END: numbers

    // ANCHOR: series
    /// At least one number.
    #[pyclass(frozen)]
    struct Series {
        numbers: Vec<f64>,
    }
    // ANCHOR_END: series

    // ANCHOR: summary
    /// What `summary` returns: a dictionary.
    #[derive(IntoPyObject)]
    struct Summary {
        lowest: f64,
        mean: f64,
        highest: f64,
    }
    // ANCHOR_END: summary

    #[pymethods]
    impl Series {
        // ANCHOR: new
        #[new]
        fn new(numbers: Numbers<'_>) -> PyResult<Self> {
            let numbers = match numbers {
                Numbers::Array(array) => array.as_array().to_vec(),
                Numbers::List(list) => list,
            };
            if numbers.is_empty() {
                return Err(PyValueError::new_err("a series needs a number"));
            }
            Ok(Series { numbers })
        }
        // ANCHOR_END: new

        // ANCHOR: at
        fn at(&self, place: usize) -> PyResult<f64> {
            let number = self.numbers.get(place);
            number.copied().ok_or_else(|| PyIndexError::new_err(place))
        }
        // ANCHOR_END: at

        // ANCHOR: whole
        fn array<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
            self.numbers.clone().into_pyarray(py)
        }

        fn summary(&self) -> Summary {
            let numbers = self.numbers.iter().copied();
            Summary {
                lowest: numbers.clone().fold(f64::INFINITY, f64::min),
                mean: numbers.clone().sum::<f64>() / self.numbers.len() as f64,
                highest: numbers.fold(f64::NEG_INFINITY, f64::max),
            }
        }
        // ANCHOR_END: whole
    }
}
