//! An order book, as Python sees it. `book.rs` does the work; this file is the layer.

pub mod book;

#[pyo3::pymodule]
mod order_book {
    use pyo3::prelude::*;

    use crate::book::{Book, Fill};

    /// `Side.BUY` and `Side.SELL`. Each is only equal to itself, and can be a key of a `dict`.
    #[pyclass]
    enum Side {
        Buy,
        Sell,
    }

    /// `Order(side, price, quantity)`: an order with these three attributes, which don't change.
    ///
    /// Price and quantity are at least 1, otherwise `ValueError`. Orders with equal parts are equal and have equal hashes.
    #[pyclass]
    struct Order {}

    #[pymethods]
    impl Order {
        #[new]
        fn new(side: &Bound<'_, PyAny>, price: u64, quantity: u64) -> Self {
            todo!("{side}, {price}, {quantity}")
        }

        /// `Order.parse("buy 5 @ 101")`: five, at 101. Anything in a different form is a `ValueError`. A number is
        /// anything that Rust's `parse` accepts, so `+5` is five.
        fn parse(&self, text: &str) -> Self {
            todo!("an order from {text:?}")
        }

        /// `Order(Side.BUY, 101, 5)`
        fn __repr__(&self) -> &str {
            "TODO"
        }
    }

    /// A trade: with which other `order` (its number), at which `price`, what `quantity`. Only a book creates one. This
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

    /// `OrderBook()`: the waiting orders. Python may inherit from it.
    ///
    /// - `len(book)`, `number in book`: about the waiting orders; `False` for anything that isn't a number
    /// - `book[number]`: an `Order` with the quantity that is left; `KeyError` (or `OverflowError` below zero)
    /// - `for number in book`: oldest first, as of the start of the loop
    /// - `book.best_bid`, `book.best_ask`: the best prices among buyers and among sellers, or `None`
    /// - `book.spread`: the difference between the two, or `None`
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

        /// `submit(order) -> tuple[int, list[Trade]]`: the number of the order, and its trades so far.
        fn submit(&mut self, order: &Order) -> (u64, Vec<Trade>) {
            let Order {} = order;
            todo!("one more, after {} orders", self.book.ids().len())
        }

        /// `cancel(number) -> Order`: removes an order from the book and returns it; `KeyError`
        fn cancel(&mut self, number: u64) -> Order {
            todo!("remove {number}")
        }

        /// `submit_all(orders) -> list[Trade]`: submits orders from any iterable, with the `submit` of the object's own class, and returns
        /// all the trades. Exceptions go to the caller, and the orders before that stay submitted.
        fn submit_all(&mut self, orders: &Bound<'_, PyAny>) -> PyResult<Vec<Py<Trade>>> {
            todo!("submit each of {orders}")
        }

        // TODO: the properties and the special methods.
    }

    /// `LimitedBook(most)`: an `OrderBook` in which an order for more than `most` is a `ValueError`. Other orders work
    /// as usual. `most` is an attribute that can be set. Python may inherit from it.
    #[pyclass]
    struct LimitedBook {}

    // TODO: what it inherits and what it adds.
    #[pymethods]
    impl LimitedBook {
        #[new]
        fn new(most: u64) -> Self {
            todo!("at most {most}")
        }
    }
}
