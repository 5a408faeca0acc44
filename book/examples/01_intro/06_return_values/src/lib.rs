//! Readings of a weather station.

#[pyo3::pymodule]
mod station {
    use std::collections::{BTreeMap, HashSet};

    use pyo3::prelude::*;

    // ANCHOR: report
    /// A first attempt: everything in one string.
    #[pyfunction]
    fn report(place: &str, celsius: f64) -> String {
        format!("{place}: {celsius} °C")
    }
    // ANCHOR_END: report

    // ANCHOR: reading
    /// One reading. In Python it is a `dict` with a key for each field.
    #[derive(IntoPyObject)]
    struct Reading<'a> {
        place: &'a str,
        celsius: f64,
        #[pyo3(item("wind m/s"))]
        wind: Option<f64>,
    }

    /// Parses `Oslo;-3.5;7.2`. The wind may be missing. Other lines give `None`.
    #[pyfunction]
    fn reading(line: &str) -> Option<Reading<'_>> {
        let mut parts = line.split(';');
        Some(Reading {
            place: parts.next()?,
            celsius: parts.next()?.parse().ok()?,
            wind: parts.next().and_then(|wind| wind.parse().ok()),
        })
    }
    // ANCHOR_END: reading

    // ANCHOR: range
    /// The lowest and the highest of some temperatures.
    #[pyfunction]
    fn range(celsius: Vec<f64>) -> (f64, f64) {
        let lowest = celsius.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = celsius.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (lowest, highest)
    }
    // ANCHOR_END: range

    // ANCHOR: containers
    #[pyfunction]
    fn by_place() -> BTreeMap<String, Vec<f64>> {
        BTreeMap::from([("Oslo".into(), vec![-3.5, -1.0]), ("Rome".into(), vec![])])
    }

    #[pyfunction]
    fn places() -> HashSet<&'static str> {
        HashSet::from(["Oslo"])
    }

    #[pyfunction]
    fn reset() {}
    // ANCHOR_END: containers

    // ANCHOR: surprises
    #[pyfunction]
    fn packet() -> Vec<u8> {
        vec![0x57, 0x52, 0, 1]
    }

    #[pyfunction]
    fn packet_numbers() -> Vec<u16> {
        vec![0x57, 0x52, 0, 1]
    }

    #[pyfunction]
    fn calibrated() -> f32 {
        0.1
    }
    // ANCHOR_END: surprises
}
