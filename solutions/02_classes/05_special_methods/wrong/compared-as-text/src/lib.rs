//! Version numbers, such as `1.10.2`.

#[pyo3::pymodule]
mod special_methods {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// A version. It doesn't change.
    #[pyclass(frozen, eq, ord, hash)]
    #[derive(PartialEq, Eq, Hash)]
    struct Version {
        // The most significant field comes first.
        major: u32,
        minor: u32,
        patch: u32,
    }

    impl PartialOrd for Version {
        fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
            self.__str__().partial_cmp(&other.__str__())
        }
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

        /// The text for people: `1.10.2`.
        fn __str__(&self) -> String {
            format!("{}.{}.{}", self.major, self.minor, self.patch)
        }

        /// The text for programmers, who could type it: `Version("1.10.2")`.
        fn __repr__(&self) -> String {
            format!("Version(\"{}\")", self.__str__())
        }
    }
}
