//! Readings from a thermometer, parsed by a crate that panics.

// ANCHOR: vendor
/// Stands for a crate that you can't change.
mod vendor {
    /// The value of a reading such as `21.5 C`. Panics if it isn't one.
    pub fn parse(line: &str) -> f64 {
        let (value, unit) = line.split_once(' ').expect("a value and a unit");
        assert!(unit == "C", "{unit} isn't a unit");
        value.parse().expect("a number")
    }
}
// ANCHOR_END: vendor

#[pyo3::pymodule]
mod readings {
    use std::any::Any;
    use std::panic;

    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    use super::vendor;

    /// A first attempt.
    #[pyfunction]
    fn parse_hopefully(line: &str) -> f64 {
        vendor::parse(line)
    }

    // ANCHOR: parse
    #[pyfunction]
    fn parse(line: &str) -> PyResult<f64> {
        panic::catch_unwind(|| vendor::parse(line))
            .map_err(|payload| PyValueError::new_err(words(&*payload)))
    }
    // ANCHOR_END: parse

    // ANCHOR: words
    /// What a panic said, if it said anything.
    fn words(payload: &(dyn Any + Send)) -> String {
        if let Some(words) = payload.downcast_ref::<String>() {
            words.clone()
        } else if let Some(words) = payload.downcast_ref::<&str>() {
            (*words).to_owned()
        } else {
            "unknown panic".to_owned()
        }
    }
    // ANCHOR_END: words

    // ANCHOR: series
    /// A series of readings and their sum.
    #[pyclass]
    struct Series {
        values: Vec<f64>,
        sum: f64,
    }

    #[pymethods]
    impl Series {
        #[new]
        fn new() -> Self {
            let (values, sum) = (Vec::new(), 0.0);
            Series { values, sum }
        }

        fn add(&mut self, line: &str) -> PyResult<f64> {
            let value = parse(line)?; // everything that can panic comes first
            self.values.push(value);
            self.sum += value;
            Ok(self.sum)
        }
    }
    // ANCHOR_END: series

    // ANCHOR: cover
    /// The cover of the device. It has to be closed at the end.
    struct Cover {
        closed: bool,
    }

    impl Drop for Cover {
        fn drop(&mut self) {
            assert!(self.closed, "the cover is open");
        }
    }

    #[pyfunction]
    fn calibrate(line: &str) -> f64 {
        let mut cover = Cover { closed: false };
        let offset = vendor::parse(line);
        cover.closed = true;
        offset
    }
    // ANCHOR_END: cover
}
