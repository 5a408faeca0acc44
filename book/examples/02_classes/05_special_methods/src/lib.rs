//! Playing cards, and a wallet.

#[pyo3::pymodule]
mod cards {
    use std::fmt;

    use pyo3::prelude::*;

    /// A playing card. It does not change, so it can be a key.
    #[pyclass(frozen, eq, ord, hash, str)]
    #[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
    struct Card {
        rank: u8,
        suit: char,
    }

    impl fmt::Display for Card {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}{}", self.suit, self.rank)
        }
    }

    #[pymethods]
    impl Card {
        #[new]
        fn new(rank: u8, suit: char) -> Self {
            Card { rank, suit }
        }

        fn __repr__(&self) -> String {
            format!("Card({}, {:?})", self.rank, self.suit.to_string())
        }
    }

    /// What somebody has in a pocket.
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
    }
}
