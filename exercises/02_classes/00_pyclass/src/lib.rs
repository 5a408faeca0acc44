//! The parcels of a delivery service. Python holds them, and hands them back when Rust is to do something with them.

#[pyo3::pymodule]
mod pyclass {
    use pyo3::prelude::*;

    // TODO: Python does not know this struct.
    /// A parcel on its way.
    struct Parcel {
        number: String,
        grams: u32,
        town: String,
    }

    /// Registers a parcel: Python gets a `Parcel`.
    #[pyfunction]
    fn register(number: String, grams: u32, town: String) {
        let parcel = Parcel {
            number,
            grams,
            town,
        };
        todo!("hand {} to Python", parcel.number)
    }

    /// What is written on the label of a `Parcel`: `JD14 to Leeds, 2500 g`.
    #[pyfunction]
    fn label(parcel: &Bound<'_, PyAny>) -> String {
        todo!("the label of {parcel}")
    }

    /// What a list of `Parcel`s weighs together, in grams.
    #[pyfunction]
    fn load(parcels: Vec<Bound<'_, PyAny>>) -> u64 {
        todo!("the weight of {parcels:?}")
    }

    /// Sends a `Parcel` to another town from now on.
    #[pyfunction]
    fn redirect(parcel: &Bound<'_, PyAny>, town: String) {
        todo!("send {parcel} to {town}")
    }
}
