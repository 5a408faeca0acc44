//! How the customers of a shop pay.

#[pyo3::pymodule]
mod enums {
    use pyo3::prelude::*;

    /// What has become of an order. In Python the states are `State.OPEN`, `State.PAID`, `State.SENT` and `State.CANCELLED`. Each is
    /// equal to itself alone, can be a key of a `dict`, and comes before the later ones.
    // TODO: equal, ordered, a key of a `dict`; the names in capitals; and it is to be passed by value.
    #[pyclass]
    #[derive(Clone, Copy)]
    enum State {
        Open,
        Paid,
        Sent,
        Cancelled,
    }

    /// A payment. In Python:
    ///
    /// - `Payment.Cash()`
    /// - `Payment.Card(number="4242…", credit=False)`, where `credit` may be left out
    /// - `Payment.Transfer(iban)`
    ///
    /// Each is a class with its fields as attributes, and all of them are a `Payment`.
    // TODO: the variants.
    #[pyclass(frozen)]
    enum Payment {
        Cash(),
    }

    /// What the bank takes, in cents: nothing for cash, 25 for a transfer, 1 percent of the amount for a card, 2 percent for a
    /// credit card, rounded down.
    #[pyfunction]
    fn fee(payment: &Bound<'_, Payment>, cents: u64) -> u64 {
        todo!("the fee of {payment} for {cents}")
    }

    /// The state that follows. What is sent or cancelled stays as it is.
    #[pyfunction]
    fn next_state(state: &Bound<'_, State>) -> State {
        todo!("what follows {state}")
    }

    /// Reads a line such as `cash`, `card 4242`, `credit 4242` or `transfer CH93 0076`. Anything else: `None`.
    #[pyfunction]
    fn read(line: &str) -> Option<Payment> {
        todo!("read {line}")
    }
}
