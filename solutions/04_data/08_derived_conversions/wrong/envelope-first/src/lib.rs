//! The postage of parcels, as a web shop describes them.

#[pyo3::pymodule]
mod derived_conversions {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// The outside of a parcel, in cm:
    ///
    /// - an `int`, for a cube
    /// - a tuple of length, width and height
    /// - a dictionary with `length` and `width` of an envelope, with `height` as well for a box, or with `length` and
    ///   `diameter` for a tube
    #[derive(FromPyObject)]
    enum Size {
        Cube(u32),
        Sides(u32, u32, u32),
        #[pyo3(from_item_all)]
        Envelope {
            length: u32,
            width: u32,
        },
        #[pyo3(from_item_all)]
        Box {
            length: u32,
            width: u32,
            height: u32,
        },
        #[pyo3(from_item_all)]
        Tube {
            length: u32,
            diameter: u32,
        },
    }

    /// An object with the attributes `name` and `country_code`.
    #[derive(FromPyObject)]
    struct Address {
        name: String,
        #[pyo3(attribute("country_code"), from_py_with = country)]
        country: String,
    }

    /// A dictionary with the keys `grams`, `size` and `to`. These may be missing: `count`, usually 1, `express`, usually not,
    /// and `note`.
    #[derive(FromPyObject)]
    #[pyo3(from_item_all)]
    struct Parcel {
        grams: u32,
        size: Size,
        to: Address,
        #[pyo3(default = 1)]
        count: u32,
        #[pyo3(default)]
        express: bool,
        #[pyo3(default)]
        note: Option<String>,
    }

    /// Checks a country code. This function is complete.
    fn country(code: &Bound<'_, PyAny>) -> PyResult<String> {
        let code: String = code.extract()?;
        if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            Ok(code)
        } else {
            let message = format!("{code:?} isn't a country code");
            Err(PyValueError::new_err(message))
        }
    }

    /// These methods are complete.
    impl Parcel {
        /// In litres, and at least one.
        fn volume(&self) -> u32 {
            let cubic_centimetres = match self.size {
                Size::Cube(side) => side * side * side,
                Size::Sides(length, width, height) => length * width * height,
                Size::Box {
                    length,
                    width,
                    height,
                } => length * width * height,
                Size::Envelope { length, width } => length * width,
                Size::Tube { length, diameter } => length * diameter * diameter,
            };
            cubic_centimetres.div_ceil(1000).max(1)
        }

        /// In cents.
        fn price(&self) -> u32 {
            let abroad = if self.to.country == "CH" { 1 } else { 3 };
            let express = if self.express { 2 } else { 1 };
            (100 * self.volume() + self.grams) * abroad * express * self.count
        }

        fn text(&self) -> String {
            let Address { name, country } = &self.to;
            let note = self.note.as_deref().unwrap_or("no note");
            format!("{} x {name}, {country} ({note})", self.count)
        }
    }

    /// The price of a parcel.
    #[pyfunction]
    fn postage(parcel: Parcel) -> u32 {
        parcel.price()
    }

    /// What to print on a parcel.
    #[pyfunction]
    fn label(parcel: Parcel) -> String {
        parcel.text()
    }
}
