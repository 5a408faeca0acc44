//! Checks ISBNs, the numbers of books. This code is complete, except for the version.

#[pyo3::pymodule]
mod publishing {
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        // TODO: this is one more place that has to change with each release.
        module.add("__version__", "0.1.0")
    }

    /// Whether a string is an ISBN with 13 digits. Spaces and hyphens don't matter.
    #[pyfunction]
    fn is_isbn(text: &str) -> bool {
        let digits: Option<Vec<u32>> = text
            .chars()
            .filter(|letter| !matches!(letter, ' ' | '-'))
            .map(|letter| letter.to_digit(10))
            .collect();
        digits.is_some_and(|digits| {
            let weights = [1, 3].into_iter().cycle();
            let sum: u32 = digits
                .iter()
                .zip(weights)
                .map(|(digit, weight)| digit * weight)
                .sum();
            digits.len() == 13 && sum.is_multiple_of(10)
        })
    }
}
