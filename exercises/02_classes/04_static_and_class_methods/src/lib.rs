//! Colours, for the design of a web site.

#[pyo3::pymodule]
mod static_and_class_methods {
    use pyo3::prelude::*;

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

    // TODO: these belong to the class. None of them takes a colour.
    #[pymethods]
    impl Colour {
        #[new]
        fn new(red: u8, green: u8, blue: u8) -> Self {
            Colour { red, green, blue }
        }

        /// Whether a string is a colour in the form `#rrggbb`.
        fn is_hex(&self, text: &str) -> bool {
            todo!("is {:?} a colour?", parse(text))
        }

        /// Makes a colour from a string in the form `#rrggbb`. Otherwise: `ValueError`. If called on a class derived from
        /// `Colour`, it makes an object of that class, by calling the class.
        fn from_hex(&self, text: &str) -> PyResult<Self> {
            todo!("a colour from {:?}", parse(text))
        }

        /// The number of possible colours. A class attribute, not a method.
        fn count(&self) -> u32 {
            todo!("256 to the power of three, and not {}", self.red)
        }

        /// The colour white. A class attribute, not a method.
        fn white(&self) -> Self {
            todo!("255, 255, 255 instead of {}, {}", self.green, self.blue)
        }
    }
}
