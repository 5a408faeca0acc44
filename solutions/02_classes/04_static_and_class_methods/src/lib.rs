//! Colours, for the design of a web site.

#[pyo3::pymodule]
mod static_and_class_methods {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pyo3::types::PyType;

    /// The three parts of `#rrggbb`, or `None` if the text has a different form.
    fn parse(text: &str) -> Option<[u8; 3]> {
        let digits = text.strip_prefix('#')?;
        let is_hex = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let part = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        is_hex.then_some([part(0)?, part(2)?, part(4)?])
    }

    /// A colour. Python may derive classes from it.
    #[pyclass(subclass, get_all)]
    struct Colour {
        red: u8,
        green: u8,
        blue: u8,
    }

    #[pymethods]
    impl Colour {
        #[new]
        fn new(red: u8, green: u8, blue: u8) -> Self {
            Colour { red, green, blue }
        }

        /// Whether a string is a colour in the form `#rrggbb`.
        #[staticmethod]
        fn is_hex(text: &str) -> bool {
            parse(text).is_some()
        }

        /// Makes a colour from a string in the form `#rrggbb`. Otherwise: `ValueError`. If called on a class derived from
        /// `Colour`, it makes an object of that class, by calling the class.
        #[classmethod]
        fn from_hex<'py>(cls: &Bound<'py, PyType>, text: &str) -> PyResult<Bound<'py, PyAny>> {
            let parts = parse(text);
            let [red, green, blue] =
                parts.ok_or_else(|| PyValueError::new_err(format!("{text:?} is not #rrggbb")))?;
            cls.call1((red, green, blue))
        }

        /// The number of possible colours. A class attribute, not a method.
        #[classattr]
        fn count() -> u32 {
            256 * 256 * 256
        }

        /// The colour white. A class attribute, not a method.
        #[classattr]
        fn white() -> Self {
            Colour {
                red: 255,
                green: 255,
                blue: 255,
            }
        }
    }
}
