//! Numbers that a bank works with.

#[pyo3::pymodule]
mod banking {
    use num_bigint::BigInt;
    use pyo3::exceptions::PyTypeError;
    use pyo3::prelude::*;
    use pyo3::types::{PyBool, PyFloat, PyString};
    use rust_decimal::Decimal;

    // ANCHOR: floats
    #[pyfunction]
    fn add_floats(one: f64, other: f64) -> f64 {
        one + other
    }
    // ANCHOR_END: floats

    // ANCHOR: add
    #[pyfunction]
    fn add(one: Decimal, other: Decimal) -> Decimal {
        one + other
    }
    // ANCHOR_END: add

    // ANCHOR: kinds
    /// A decimal, from anything but the usual mistakes.
    #[pyfunction]
    fn amount(value: &Bound<'_, PyAny>) -> PyResult<Decimal> {
        let float = value.is_instance_of::<PyFloat>();
        let other = value.is_instance_of::<PyString>() || value.is_instance_of::<PyBool>();
        if float || other {
            let kind = value.get_type();
            return Err(PyTypeError::new_err(format!("{value:?} is a {kind}")));
        }
        value.extract()
    }
    // ANCHOR_END: kinds

    // ANCHOR: rest_first
    /// The last step in checking the number of a bank account: the rest must be 1.
    #[pyfunction]
    fn rest_first(number: u64) -> u64 {
        number % 97
    }
    // ANCHOR_END: rest_first

    // ANCHOR: rest
    #[pyfunction]
    fn rest(number: BigInt) -> BigInt {
        number % 97
    }
    // ANCHOR_END: rest
}
