//! Heights and climbs of a hike.

use pyo3::exceptions::PyValueError;

// The code is complete. TODO: document the module, the exception, the class and both functions. Heights are in metres.
pyo3::create_exception!(stubs_and_docstrings, RouteError, PyValueError);

#[pyo3::pymodule]
mod stubs_and_docstrings {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::RouteError;

    #[pyclass(frozen)]
    struct Place {
        #[pyo3(get)]
        name: String,
        #[pyo3(get)]
        height: u32,
    }

    #[pymethods]
    impl Place {
        #[new]
        fn new(name: String, height: u32) -> PyResult<Self> {
            if height > 8849 {
                return Err(RouteError::new_err(format!("{name} isn't on this planet")));
            }
            Ok(Place { name, height })
        }
    }

    #[pyfunction]
    #[pyo3(signature = (places, *, start = None))]
    fn climb(places: &Bound<'_, PyAny>, start: Option<u32>) -> PyResult<u32> {
        let mut before = start;
        let mut sum = 0;
        for place in places.try_iter()? {
            let height = place?.cast::<Place>()?.get().height;
            sum += height.saturating_sub(before.unwrap_or(height));
            before = Some(height);
        }
        Ok(sum)
    }

    #[pyfunction]
    fn highest(places: Vec<Py<Place>>) -> Option<Py<Place>> {
        places.into_iter().max_by_key(|place| place.get().height)
    }
}
