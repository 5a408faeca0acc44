//! Amounts of money. One of the two classes can travel.

#[pyo3::pymodule]
mod money {
    use pyo3::prelude::*;
    use pyo3::types::PyType;

    // ANCHOR: price
    /// It has no description, so it stays in its process.
    #[pyclass]
    struct Price {
        #[pyo3(get)]
        cents: i64,
    }

    #[pymethods]
    impl Price {
        #[new]
        fn new(cents: i64) -> Self {
            Self { cents }
        }
    }
    // ANCHOR_END: price

    // ANCHOR: amount
    /// It travels as its class plus the arguments that make an equal object.
    #[pyclass(frozen, get_all)]
    struct Amount {
        cents: i64,
        currency: String,
    }

    #[pymethods]
    impl Amount {
        #[new]
        fn new(cents: i64, currency: String) -> Self {
            Self { cents, currency }
        }

        fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyType>, (i64, String)) {
            let amount = slf.get();
            (slf.get_type(), (amount.cents, amount.currency.clone()))
        }
    }
    // ANCHOR_END: amount
}
