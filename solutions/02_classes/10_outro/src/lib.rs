//! An order book, as Python sees it. `book.rs` does the work; this file is the layer.

pub mod book;

#[pyo3::pymodule]
mod order_book {
    use std::vec::IntoIter;

    use pyo3::exceptions::{PyKeyError, PyValueError};
    use pyo3::prelude::*;

    use crate::book::{Book, Entry, Fill};

    /// `Side.BUY` and `Side.SELL`. Each is only equal to itself, and can be a key of a `dict`.
    #[pyclass(frozen, eq, hash, from_py_object, rename_all = "UPPERCASE")]
    #[derive(Clone, Copy, PartialEq, Eq, Hash)]
    enum Side {
        Buy,
        Sell,
    }

    /// `Order(side, price, quantity)`: an order with these three attributes, which don't change.
    ///
    /// Price and quantity are at least 1, otherwise `ValueError`. Orders with equal parts are equal and have equal hashes.
    #[pyclass(frozen, eq, hash, get_all)]
    #[derive(PartialEq, Eq, Hash)]
    struct Order {
        side: Side,
        price: u64,
        quantity: u64,
    }

    impl From<Entry> for Order {
        fn from(entry: Entry) -> Self {
            let side = if entry.buy { Side::Buy } else { Side::Sell };
            Order {
                side,
                price: entry.price,
                quantity: entry.quantity,
            }
        }
    }

    #[pymethods]
    impl Order {
        #[new]
        fn new(side: Side, price: u64, quantity: u64) -> PyResult<Self> {
            if price == 0 || quantity == 0 {
                return Err(PyValueError::new_err("price and quantity are at least 1"));
            }
            Ok(Order {
                side,
                price,
                quantity,
            })
        }

        /// `Order.parse("buy 5 @ 101")`: five, at 101. Anything in a different form is a `ValueError`. A number is
        /// anything that Rust's `parse` accepts, so `+5` is five.
        #[staticmethod]
        fn parse(text: &str) -> PyResult<Self> {
            let wrong = || PyValueError::new_err(format!("{text:?} is not an order"));
            let parts: Vec<&str> = text.split(' ').collect();
            let (side, quantity, price) = match parts[..] {
                ["buy", quantity, "@", price] => (Side::Buy, quantity, price),
                ["sell", quantity, "@", price] => (Side::Sell, quantity, price),
                _ => return Err(wrong()),
            };
            let number = |text: &str| text.parse().map_err(|_| wrong());
            Order::new(side, number(price)?, number(quantity)?)
        }

        /// `Order(Side.BUY, 101, 5)`
        fn __repr__(&self) -> String {
            let side = match self.side {
                Side::Buy => "BUY",
                Side::Sell => "SELL",
            };
            format!("Order(Side.{side}, {}, {})", self.price, self.quantity)
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
    #[pyclass(subclass)]
    struct OrderBook {
        book: Book,
    }

    fn no_such_order(number: u64) -> PyErr {
        PyKeyError::new_err(number)
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
            let (number, fills) = self.book.place(Entry {
                buy: order.side == Side::Buy,
                price: order.price,
                quantity: order.quantity,
            });
            (number, fills.into_iter().map(Trade::from).collect())
        }

        /// `cancel(number) -> Order`: removes an order from the book and returns it; `KeyError`
        fn cancel(&mut self, number: u64) -> PyResult<Order> {
            let cancelled = self.book.cancel(number).map(Order::from);
            cancelled.ok_or_else(|| no_such_order(number))
        }

        /// `submit_all(orders) -> list[Trade]`: submits orders from any iterable, with the `submit` of the object's own class, and returns
        /// all the trades. Exceptions go to the caller, and the orders before that stay submitted.
        fn submit_all(
            slf: &Bound<'_, Self>,
            orders: &Bound<'_, PyAny>,
        ) -> PyResult<Vec<Py<Trade>>> {
            let mut all = Vec::new();
            for order in orders.try_iter()? {
                let answer = slf.call_method1("submit", (order?,))?;
                let (_, trades): (u64, Vec<Py<Trade>>) = answer.extract()?;
                all.extend(trades);
            }
            Ok(all)
        }

        #[getter]
        fn best_bid(&self) -> Option<u64> {
            self.book.best(true).map(|(_, order)| order.price)
        }

        #[getter]
        fn best_ask(&self) -> Option<u64> {
            self.book.best(false).map(|(_, order)| order.price)
        }

        #[getter]
        fn spread(&self) -> Option<u64> {
            Some(self.best_ask()? - self.best_bid()?)
        }

        fn __len__(&self) -> usize {
            self.book.ids().len()
        }

        fn __contains__(&self, number: &Bound<'_, PyAny>) -> bool {
            let number = number.extract();
            number.is_ok_and(|number| self.book.get(number).is_some())
        }

        fn __getitem__(&self, number: u64) -> PyResult<Order> {
            let order = self.book.get(number).map(Order::from);
            order.ok_or_else(|| no_such_order(number))
        }

        fn __iter__(&self) -> Numbers {
            Numbers {
                rest: self.book.ids().into_iter(),
            }
        }
    }

    /// One loop over the numbers of the orders.
    #[pyclass]
    struct Numbers {
        rest: IntoIter<u64>,
    }

    #[pymethods]
    impl Numbers {
        fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
            slf
        }

        fn __next__(&mut self) -> Option<u64> {
            self.rest.next()
        }
    }

    /// `LimitedBook(most)`: an `OrderBook` in which an order for more than `most` is a `ValueError`. Other orders work
    /// as usual. `most` is an attribute that can be set. Python may inherit from it.
    #[pyclass(extends = OrderBook, subclass)]
    struct LimitedBook {
        #[pyo3(get, set)]
        most: u64,
    }

    #[pymethods]
    impl LimitedBook {
        #[new]
        fn new(most: u64) -> PyClassInitializer<Self> {
            PyClassInitializer::from(OrderBook::new()).add_subclass(LimitedBook { most })
        }

        fn submit(mut slf: PyRefMut<'_, Self>, order: &Order) -> PyResult<(u64, Vec<Trade>)> {
            if order.quantity > slf.most {
                return Err(PyValueError::new_err(format!("at most {}", slf.most)));
            }
            Ok(slf.as_super().submit(order))
        }
    }
}
