//! How the customers of a shop pay.

#[pyo3::pymodule]
mod enums {
    use pyo3::prelude::*;

    /// The state of an order. In Python: `State.OPEN`, `State.PAID`, `State.SENT` and `State.CANCELLED`. Each is
    /// only equal to itself, can be a key of a `dict`, and is less than the later ones.
    // TODO: equality, order, a key of a `dict`; names in capitals; passed by value.
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
    /// - `Payment.Card(number="4242…", credit=False)`, where `credit` is optional
    /// - `Payment.Transfer(iban)`
    ///
    /// Each is a class with its fields as attributes, and each is a `Payment`.
    // TODO: the variants.
    #[pyclass(frozen)]
    enum Payment {
        Cash(),
    }

    /// The bank's fee, in cents: nothing for cash, 25 for a transfer, 1 percent of the amount for a card, 2 percent for a
    /// credit card, rounded down.
    #[pyfunction]
    fn fee(payment: &Bound<'_, Payment>, cents: u64) -> u64 {
        todo!("the fee of {payment} for {cents}")
    }

    /// The next state. Sent and cancelled orders stay as they are.
    #[pyfunction]
    fn next_state(state: &Bound<'_, State>) -> State {
        todo!("the state after {state}")
    }

    /// Parses a line such as `cash`, `card 4242`, `credit 4242` or `transfer CH93 0076`. Anything else: `None`.
    #[pyfunction]
    fn read(line: &str) -> Option<Payment> {
        todo!("read {line}")
    }
}
