//! The altitudes of railway stations.

#[pyo3::pymodule]
mod source_distributions {
    use pyo3::prelude::*;

    /// The table is part of the compiled module, so a build needs the file.
    const STATIONS: &str = include_str!("../data/stations.csv");

    /// The altitude of a station in metres, or `None` if it isn't in the table.
    #[pyfunction]
    fn altitude(station: &str) -> Option<u32> {
        let mut rows = STATIONS
            .lines()
            .skip(1)
            .filter_map(|row| row.split_once(','));
        let (_, metres) = rows.find(|(name, _)| *name == station)?;
        metres.parse().ok()
    }
}
