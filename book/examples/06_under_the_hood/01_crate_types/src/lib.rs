//! Buoys, and on which side to pass them.

// ANCHOR: module
/// On which side of the ship a buoy belongs, coming in from the sea.
pub fn side_of(colour: &str) -> Option<&'static str> {
    match colour {
        "red" => Some("left"),
        "green" => Some("right"),
        _ => None,
    }
}

#[pyo3::pymodule]
mod buoys {
    use pyo3::prelude::*;

    #[pyfunction]
    fn side(colour: &str) -> Option<&'static str> {
        super::side_of(colour)
    }
}
// ANCHOR_END: module
