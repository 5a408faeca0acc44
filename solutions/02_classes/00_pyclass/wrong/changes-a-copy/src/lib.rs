//! The parcels of a delivery service. Python holds them, and hands them back when Rust is to do something with them.

#[pyo3::pymodule]
mod pyclass {
    use pyo3::prelude::*;

    /// A parcel on its way.
    #[pyclass(from_py_object)]
    #[derive(Clone)]
    struct Parcel {
        number: String,
        grams: u32,
        town: String,
    }

    /// Registers a parcel: Python gets a `Parcel`.
    #[pyfunction]
    fn register(number: String, grams: u32, town: String) -> Parcel {
        Parcel {
            number,
            grams,
            town,
        }
    }

    /// What is written on the label of a `Parcel`: `JD14 to Leeds, 2500 g`.
    #[pyfunction]
    fn label(parcel: &Parcel) -> String {
        let Parcel {
            number,
            grams,
            town,
        } = parcel;
        format!("{number} to {town}, {grams} g")
    }

    /// What a list of `Parcel`s weighs together, in grams.
    #[pyfunction]
    fn load(parcels: Vec<PyRef<'_, Parcel>>) -> u64 {
        parcels.iter().map(|parcel| u64::from(parcel.grams)).sum()
    }

    /// Sends a `Parcel` to another town from now on.
    #[pyfunction]
    fn redirect(mut parcel: Parcel, town: String) {
        parcel.town = town;
    }
}
