//! How the customers of a shop pay.

#[pyo3::pymodule]
mod enums {
    use pyo3::prelude::*;

    /// The state of an order. In Python: `State.OPEN`, `State.PAID`, `State.SENT` and `State.CANCELLED`. Each is
    /// only equal to itself, can be a key of a `dict`, and is less than the later ones.
    #[pyclass(frozen, eq, ord, hash, from_py_object, rename_all = "UPPERCASE")]
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    #[pyclass(frozen)]
    enum Payment {
        Cash(),
        Card { number: String, credit: bool },
        Transfer { iban: String },
    }

    /// The bank's fee, in cents: nothing for cash, 25 for a transfer, 1 percent of the amount for a card, 2 percent for a
    /// credit card, rounded down.
    #[pyfunction]
    fn fee(payment: &Payment, cents: u64) -> u64 {
        match payment {
            Payment::Cash() => 0,
            Payment::Transfer { .. } => 25,
            Payment::Card { credit: false, .. } => cents / 100,
            Payment::Card { credit: true, .. } => cents / 50,
        }
    }

    /// The next state. Sent and cancelled orders stay as they are.
    #[pyfunction]
    fn next_state(state: State) -> State {
        match state {
            State::Open => State::Paid,
            State::Paid => State::Sent,
            State::Sent | State::Cancelled => state,
        }
    }

    /// Parses a line such as `cash`, `card 4242`, `credit 4242` or `transfer CH93 0076`. Anything else: `None`.
    #[pyfunction]
    fn read(line: &str) -> Option<Payment> {
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.to_owned();
        match (kind, rest.is_empty()) {
            ("cash", true) => Some(Payment::Cash()),
            ("card", false) => Some(Payment::Card {
                number: rest,
                credit: false,
            }),
            ("credit", false) => Some(Payment::Card {
                number: rest,
                credit: true,
            }),
            ("transfer", false) => Some(Payment::Transfer { iban: rest }),
            _ => None,
        }
    }
}
