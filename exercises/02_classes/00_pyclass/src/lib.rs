//! The parcels of a delivery service. Python keeps them, and passes them back to Rust to work with.

#[pyo3::pymodule]
mod pyclass {
    use pyo3::prelude::*;

    // TODO: Python doesn't know this struct.
    /// A parcel on its way.
    struct Parcel {
        number: String,
        grams: u32,
        town: String,
    }

    /// Registers a parcel. Python gets a `Parcel`.
    #[pyfunction]
    fn register(number: String, grams: u32, town: String) {
        let parcel = Parcel {
            number,
            grams,
            town,
        };
        todo!("return {} to Python", parcel.number)
    }

    /// The text on the label of a `Parcel`: `JD14 to Leeds, 2500 g`.
    #[pyfunction]
    fn label(parcel: &Bound<'_, PyAny>) -> String {
        todo!("the label of {parcel}")
    }

    /// The total weight of a list of `Parcel`s, in grams.
    #[pyfunction]
    fn load(parcels: Vec<Bound<'_, PyAny>>) -> u64 {
        todo!("the weight of {parcels:?}")
    }

    /// Changes the destination of a `Parcel`.
    #[pyfunction]
    fn redirect(parcel: &Bound<'_, PyAny>, town: String) {
        todo!("send {parcel} to {town}")
    }
}
