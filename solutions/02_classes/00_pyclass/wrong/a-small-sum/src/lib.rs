//! The parcels of a delivery service. Python keeps them, and passes them back to Rust to work with.

#[pyo3::pymodule]
mod pyclass {
    use pyo3::prelude::*;

    /// A parcel on its way.
    #[pyclass]
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
    fn label(parcel: &Parcel) -> String {
        let Parcel {
            number,
            grams,
            town,
        } = parcel;
        format!("{number} to {town}, {grams} g")
    }

    /// The total weight of a list of `Parcel`s, in grams.
    #[pyfunction]
    fn load(parcels: Vec<PyRef<'_, Parcel>>) -> u64 {
        parcels
            .iter()
            .map(|parcel| parcel.grams)
            .sum::<u32>()
            .into()
    }

    /// Changes the destination of a `Parcel`.
    #[pyfunction]
    fn redirect(parcel: &mut Parcel, town: String) {
        parcel.town = town;
    }
}
