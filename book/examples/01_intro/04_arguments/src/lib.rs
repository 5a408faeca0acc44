//! What a carrier wants to know of a parcel.

#[pyo3::pymodule]
mod parcels {
    use std::collections::{BTreeMap, BTreeSet};

    use pyo3::prelude::*;

    /// Shows what has arrived in Rust.
    #[pyfunction]
    #[pyo3(signature = (to, weight, size, tags=BTreeSet::new(), insured_for=None))]
    fn label(
        to: &str,
        weight: f64,
        size: (u32, u32, u32),
        tags: BTreeSet<String>,
        insured_for: Option<u64>,
    ) -> String {
        format!("{to:?} {weight:?} {size:?} {tags:?} {insured_for:?}")
    }

    /// The weight of everything that is going out. The elements are converted one by one.
    #[pyfunction]
    fn total_weight(weights: Vec<f64>) -> f64 {
        weights.iter().sum()
    }

    /// The postage of each zone, in cents.
    #[pyfunction]
    fn dearest_zone(postage: BTreeMap<String, u16>) -> Option<String> {
        let dearest = postage.into_iter().max_by_key(|(_, cents)| *cents)?;
        Some(dearest.0)
    }
}
