//! Travel times in a network. This code is complete: the exercise is about `.github/workflows/release.yml`.

#[pyo3::pymodule]
mod continuous_integration {
    use pyo3::prelude::*;

    /// The minutes of a journey, with a change of trains between two legs.
    #[pyfunction]
    #[pyo3(signature = (legs, *, change = 5))]
    fn journey(legs: Vec<u32>, change: u32) -> u32 {
        let changes = legs.len().saturating_sub(1);
        legs.iter().sum::<u32>() + change * changes as u32
    }
}
