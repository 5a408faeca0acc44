//! Heights and climbs of a hike.

use pyo3::exceptions::PyValueError;

pyo3::create_exception!(
    stubs_and_docstrings,
    RouteError,
    PyValueError,
    "A place or a route that can't exist."
);

/// Heights and climbs of a hike.
#[pyo3::pymodule]
mod stubs_and_docstrings {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::RouteError;

    /// A place with a name and a height in metres. Places above 8849 metres raise a `RouteError`.
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

    /// How many metres a hike climbs in all. Descents don't count.
    ///
    /// `places` are the places in order. `start` is the height at which the hike begins; without it, the hike begins at the
    /// first place.
    ///
    /// >>> climb([Place("Thun", 560), Place("Bern", 540), Place("Gurten", 858)])
    /// 318
    /// >>> climb([Place("Gurten", 858)], start=540)
    /// 318
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

    /// The highest of these `places`, or `None` if there isn't any. Of several that are equally high, it's the last.
    ///
    /// >>> highest([Place("Bern", 540), Place("Gurten", 858)]).name
    /// 'Gurten'
    /// >>> highest([]) is None
    /// True
    #[pyfunction]
    fn highest(places: Vec<Py<Place>>) -> Option<Py<Place>> {
        places.into_iter().max_by_key(|place| place.get().height)
    }
}
