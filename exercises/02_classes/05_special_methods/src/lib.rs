//! Version numbers, such as `1.10.2`.

#[pyo3::pymodule]
mod special_methods {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    // TODO: the smaller version is the older one. Versions with the same numbers are equal, and in a `set` or a
    // `dict` each finds the other. Versions don't compare with anything else.
    /// A version. It doesn't change.
    #[pyclass]
    struct Version {
        minor: u32,
        patch: u32,
        major: u32,
    }

    #[pymethods]
    impl Version {
        /// `Version("1.10.2")`. Missing parts at the end are zero. This function is complete.
        #[new]
        fn new(text: &str) -> PyResult<Self> {
            let wrong = || PyValueError::new_err(format!("{text:?} is not a version"));
            let mut parts = [0; 3];
            for (at, part) in text.split('.').enumerate() {
                let part = part.parse().map_err(|_| wrong())?;
                *parts.get_mut(at).ok_or_else(wrong)? = part;
            }
            let [major, minor, patch] = parts;
            Ok(Version {
                major,
                minor,
                patch,
            })
        }

        // TODO: the text for people: `1.10.2`. That is `__str__`.
        // TODO: the text for programmers, who could type it: `Version("1.10.2")`. That is `__repr__`.
    }
}
