//! DNA, as text and as bytes.

#[pyo3::pymodule]
mod dna {
    use std::borrow::Cow;

    use pyo3::prelude::*;
    use pyo3::pybacked::{PyBackedBytes, PyBackedStr};

    fn share(bases: &[u8]) -> f64 {
        let strong = bases.iter().filter(|base| b"GC".contains(base)).count();
        strong as f64 / bases.len() as f64
    }

    // ANCHOR: strict
    /// Which part of the bases is G or C.
    #[pyfunction]
    fn strong_share(bases: &[u8]) -> f64 {
        share(bases)
    }
    // ANCHOR_END: strict

    // ANCHOR: lenient
    /// Where the bases are when they have arrived in Rust.
    #[pyfunction]
    fn address_in_rust(bases: Cow<'_, [u8]>) -> usize {
        bases.as_ptr().addr()
    }
    // ANCHOR_END: lenient

    // ANCHOR: text
    /// The number of letters in a name.
    #[pyfunction]
    fn letters(name: &str) -> usize {
        name.chars().filter(|letter| letter.is_alphabetic()).count()
    }
    // ANCHOR_END: text

    // ANCHOR: genome
    #[pyclass(frozen)]
    struct Genome {
        #[pyo3(get)]
        species: PyBackedStr,
        bases: PyBackedBytes,
    }
    // ANCHOR_END: genome

    #[pymethods]
    impl Genome {
        #[new]
        fn new(species: PyBackedStr, bases: PyBackedBytes) -> Self {
            Genome { species, bases }
        }

        #[getter]
        fn address(&self) -> usize {
            self.bases.as_ptr().addr()
        }

        // ANCHOR: detached
        fn strong_share(&self, py: Python<'_>) -> f64 {
            py.detach(|| share(&self.bases))
        }
        // ANCHOR_END: detached
    }
}
