//! Sheets of paper.

#[pyo3::pymodule]
mod paper {
    use pyo3::exceptions::PyLookupError;
    use pyo3::prelude::*;
    use pyo3::types::PyType;

    /// A sheet, in millimetres.
    #[pyclass(subclass, get_all)]
    struct Sheet {
        width: u32,
        height: u32,
    }

    #[pymethods]
    impl Sheet {
        /// The largest number of the A series that has a name.
        #[classattr]
        const SMALLEST: u32 = 10;

        /// The sheet on every desk.
        #[classattr]
        #[pyo3(name = "A4")]
        fn a4() -> Self {
            Sheet::new(210, 297)
        }

        #[new]
        fn new(width: u32, height: u32) -> Self {
            Sheet { width, height }
        }

        /// Millimetres, from inches.
        #[staticmethod]
        fn from_inches(inches: f64) -> u32 {
            (inches * 25.4).round() as u32
        }

        /// A sheet of the A series.
        #[classmethod]
        fn a<'py>(cls: &Bound<'py, PyType>, number: u32) -> PyResult<Bound<'py, PyAny>> {
            if number > Self::SMALLEST {
                return Err(PyLookupError::new_err(format!("there is no A{number}")));
            }
            let (mut width, mut height) = (841, 1189);
            for _ in 0..number {
                (width, height) = (height / 2, width);
            }
            cls.call1((width, height))
        }
    }
}
