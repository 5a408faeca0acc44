use pyo3::prelude::*;
#[pyclass]
struct Parcel { w: u32 }
#[pyfunction]
fn heavier(parcel: &mut Parcel) { parcel.w += 1; }
