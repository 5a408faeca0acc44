//! Playing cards and a wallet.

#[pyo3::pymodule]
mod cards {
    use std::fmt;

    use pyo3::prelude::*;

    // ANCHOR: bare
    /// A first attempt: a card without any special methods.
    #[pyclass(new = "from_fields", get_all)]
    struct BareCard {
        rank: u8,
        suit: char,
    }
    // ANCHOR_END: bare

    // ANCHOR: card
    /// A playing card. It doesn't change, so it can be a key.
    #[pyclass(frozen, eq, ord, hash, str)]
    #[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
    struct Card {
        rank: u8,
        suit: char,
    }
    // ANCHOR_END: card

    // ANCHOR: display
    impl fmt::Display for Card {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}{}", self.suit, self.rank)
        }
    }
    // ANCHOR_END: display

    #[pymethods]
    impl Card {
        #[new]
        fn new(rank: u8, suit: char) -> Self {
            Card { rank, suit }
        }

        // ANCHOR: repr
        fn __repr__(&self) -> String {
            format!("Card({}, {:?})", self.rank, self.suit.to_string())
        }
        // ANCHOR_END: repr
    }

    /// The money in someone's pocket.
    #[pyclass]
    struct Wallet {
        cents: i64,
    }

    #[pymethods]
    impl Wallet {
        #[new]
        fn new(cents: i64) -> Self {
            Wallet { cents }
        }

        // ANCHOR: wallet
        fn __eq__(&self, other: &Self) -> bool {
            self.cents == other.cents
        }

        fn __bool__(&self) -> bool {
            self.cents != 0
        }

        fn __add__(&self, other: &Self) -> Self {
            Wallet::new(self.cents + other.cents)
        }

        fn __iadd__(&mut self, cents: i64) {
            self.cents += cents;
        }
        // ANCHOR_END: wallet
    }
}
