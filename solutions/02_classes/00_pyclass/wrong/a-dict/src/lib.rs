//! The parcels of a delivery service. Python keeps them, and passes them back to Rust to work with.

#[pyo3::pymodule]
mod pyclass {
    use pyo3::prelude::*;

    /// A parcel on its way.
    #[derive(IntoPyObject, FromPyObject)]
    struct Parcel {
        number: String,
        grams: u32,
        town: String,
    }

    /// Registers a parcel. Python gets a `Parcel`.
    #[pyfunction]
    fn register(number: String, grams: u32, town: String) -> Parcel {
        Parcel {
            number,
            grams,
            town,
        }
    }

    /// The text on the label of a `Parcel`: `JD14 to Leeds, 2500 g`.
    #[pyfunction]
    fn label(parcel: Parcel) -> String {
        let Parcel {
            number,
            grams,
            town,
        } = &parcel;
        format!("{number} to {town}, {grams} g")
    }

    /// The total weight of a list of `Parcel`s, in grams.
    #[pyfunction]
    fn load(parcels: Vec<Parcel>) -> u64 {
        parcels.iter().map(|parcel| u64::from(parcel.grams)).sum()
    }

    /// Changes the destination of a `Parcel`.
    #[pyfunction]
    fn redirect(mut parcel: Parcel, town: String) {
        parcel.town = town;
    }
}
