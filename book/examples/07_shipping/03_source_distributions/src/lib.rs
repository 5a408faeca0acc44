//! Old units of length.

// ANCHOR: data
#[pyo3::pymodule]
mod lengths {
    use pyo3::prelude::*;

    const UNITS: &str = include_str!("../data/units.txt");
    // ANCHOR_END: data

    /// How many millimetres a unit has.
    #[pyfunction]
    fn millimetres(unit: &str) -> Option<f64> {
        let mut lines = UNITS.lines().filter_map(|line| line.split_once(' '));
        let (_, value) = lines.find(|(name, _)| *name == unit)?;
        value.parse().ok()
    }
}
