//! An order book, as Python sees it. What it does is in `book.rs`; this file is the layer.

pub mod book;

#[pyo3::pymodule]
mod order_book {
    use pyo3::prelude::*;

    use crate::book::{Book, Fill};

    /// `Side.BUY` and `Side.SELL`. Each is equal to itself alone, and can be a key of a `dict`.
    #[pyclass]
    enum Side {
        Buy,
        Sell,
    }

    /// `Order(side, price, quantity)`: an order, with these three attributes, which do not change.
    ///
    /// Price and quantity are at least 1: `ValueError`. Orders with equal parts are equal, and have equal hashes.
    #[pyclass]
    struct Order {}

    #[pymethods]
    impl Order {
        #[new]
        fn new(side: &Bound<'_, PyAny>, price: u64, quantity: u64) -> Self {
            todo!("{side}, {price}, {quantity}")
        }

        /// `Order.parse("buy 5 @ 101")`: five, at 101. Everything that does not look like this is a `ValueError`. A number
        /// is what Rust's `parse` takes for one, so `+5` is five.
        fn parse(&self, text: &str) -> Self {
            todo!("an order from {text:?}")
        }

        /// `Order(Side.BUY, 101, 5)`
        fn __repr__(&self) -> &str {
            "TODO"
        }
    }

    /// What an order got: from which other `order` (its number), at which `price`, what `quantity`. Only a book makes one. This
    /// class is complete.
    #[pyclass(frozen, eq, get_all)]
    #[derive(PartialEq, Eq)]
    struct Trade {
        order: u64,
        price: u64,
        quantity: u64,
    }

    impl From<Fill> for Trade {
        fn from(fill: Fill) -> Self {
            let Fill {
                id,
                price,
                quantity,
            } = fill;
            Trade {
                order: id,
                price,
                quantity,
            }
        }
    }

    #[pymethods]
    impl Trade {
        fn __repr__(&self) -> String {
            let Trade {
                order,
                price,
                quantity,
            } = self;
            format!("<Trade of {quantity} at {price} with {order}>")
        }
    }

    /// `OrderBook()`: the orders that wait. Python may inherit from it.
    ///
    /// - `len(book)`, `number in book`: about the orders that wait; what is no number is not in it
    /// - `book[number]`: an `Order` with the quantity that is left; `KeyError` (or `OverflowError` for less than zero)
    /// - `for number in book`: the oldest first, as it is when the loop begins
    /// - `book.best_bid`, `book.best_ask`: the best prices of those who buy and of those who sell, or `None`
    /// - `book.spread`: the difference of the two, or `None`
    #[pyclass]
    struct OrderBook {
        book: Book,
    }

    #[pymethods]
    impl OrderBook {
        #[new]
        fn new() -> Self {
            OrderBook {
                book: Book::default(),
            }
        }

        /// `submit(order) -> tuple[int, list[Trade]]`: the number of the order, and what it got at once.
        fn submit(&mut self, order: &Order) -> (u64, Vec<Trade>) {
            let Order {} = order;
            todo!("one more for {} that wait", self.book.ids().len())
        }

        /// `cancel(number) -> Order`: what is taken out of the book; `KeyError`
        fn cancel(&mut self, number: u64) -> Order {
            todo!("take out {number}")
        }

        /// `submit_all(orders) -> list[Trade]`: submits the orders of any iterable, by the `submit` of the object's own class, and returns
        /// all the trades together. Exceptions go to the caller, and the orders that came before stay submitted.
        fn submit_all(&mut self, orders: &Bound<'_, PyAny>) -> PyResult<Vec<Py<Trade>>> {
            todo!("submit each of {orders}")
        }

        // TODO: the properties and the special methods.
    }

    /// `LimitedBook(most)`: an `OrderBook` in which an order for more than `most` is a `ValueError`, and otherwise does what any
    /// order does. Has `most` as an attribute that can be set. Python may inherit from it.
    #[pyclass]
    struct LimitedBook {}

    // TODO: what it inherits, and what it adds.
    #[pymethods]
    impl LimitedBook {
        #[new]
        fn new(most: u64) -> Self {
            todo!("at most {most}")
        }
    }
}
