//! What a carrier needs to know about a parcel.

#[pyo3::pymodule]
mod parcels {
    use std::collections::{BTreeMap, BTreeSet};

    use pyo3::prelude::*;

    // ANCHOR: label
    /// Shows what arrived in Rust.
    #[pyfunction]
    fn label(to: &str, weight: f64, size: (u32, u32, u32)) -> String {
        format!("{to:?} {weight:?} {size:?}")
    }
    // ANCHOR_END: label

    // ANCHOR: extras
    /// Shows what arrived in Rust, this time from nested and optional types.
    #[pyfunction]
    #[pyo3(signature = (tags, insured_for=None))]
    fn extras(tags: BTreeSet<String>, insured_for: Option<u64>) -> String {
        format!("{tags:?} {insured_for:?}")
    }

    /// The zone with the highest postage, in cents.
    #[pyfunction]
    fn dearest_zone(postage: BTreeMap<String, u16>) -> Option<String> {
        let dearest = postage.into_iter().max_by_key(|(_, cents)| *cents)?;
        Some(dearest.0)
    }
    // ANCHOR_END: extras

    // ANCHOR: total_weight
    /// The weight of everything that is going out.
    #[pyfunction]
    fn total_weight(weights: Vec<f64>) -> f64 {
        weights.iter().sum()
    }
    // ANCHOR_END: total_weight
}
