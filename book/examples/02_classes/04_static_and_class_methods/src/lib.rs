//! Sheets of paper.

#[pyo3::pymodule]
mod paper {
    use pyo3::exceptions::PyLookupError;
    use pyo3::prelude::*;
    use pyo3::types::PyType;

    // ANCHOR: sheet
    /// A sheet, in millimetres.
    #[pyclass(subclass, get_all)]
    struct Sheet {
        width: u32,
        height: u32,
    }
    // ANCHOR_END: sheet

    #[pymethods]
    impl Sheet {
        // ANCHOR: classattr
        /// The highest number in the A series.
        #[classattr]
        const SMALLEST: u32 = 10;

        /// The sheet on every desk.
        #[classattr]
        #[pyo3(name = "A4")]
        fn a4() -> Self {
            Sheet::new(210, 297)
        }
        // ANCHOR_END: classattr

        #[new]
        fn new(width: u32, height: u32) -> Self {
            Sheet { width, height }
        }

        // ANCHOR: static
        /// Converts inches to millimetres.
        #[staticmethod]
        fn from_inches(inches: f64) -> u32 {
            (inches * 25.4).round() as u32
        }
        // ANCHOR_END: static

        // ANCHOR: fixed
        /// A sheet of the A series: a first attempt.
        #[staticmethod]
        fn a_fixed(number: u32) -> PyResult<Self> {
            let (width, height) = measures(number)?;
            Ok(Sheet { width, height })
        }
        // ANCHOR_END: fixed

        // ANCHOR: class
        /// A sheet of the A series.
        #[classmethod]
        fn a<'py>(cls: &Bound<'py, PyType>, number: u32) -> PyResult<Bound<'py, PyAny>> {
            cls.call1(measures(number)?)
        }
        // ANCHOR_END: class
    }

    // ANCHOR: measures
    /// Width and height in the A series: each number halves the sheet.
    fn measures(number: u32) -> PyResult<(u32, u32)> {
        if number > Sheet::SMALLEST {
            return Err(PyLookupError::new_err(format!("there is no A{number}")));
        }
        let (mut width, mut height) = (841, 1189);
        for _ in 0..number {
            (width, height) = (height / 2, width);
        }
        Ok((width, height))
    }
    // ANCHOR_END: measures
}
