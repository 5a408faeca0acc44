//! Tickets for a concert hall.

#[pyo3::pymodule]
mod tickets {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    // ANCHOR: seat
    /// A seat.
    #[pyclass]
    struct Seat {
        row: char,
        number: u32,
    }
    // ANCHOR_END: seat

    // ANCHOR: checked
    impl Seat {
        /// The constructor for Rust code.
        fn checked(row: char, number: u32) -> Result<Self, String> {
            if !row.is_ascii_uppercase() {
                return Err(format!("{row:?} is not a row"));
            }
            if !(1..=40).contains(&number) {
                return Err(format!("a row has 40 seats, so there is no seat {number}"));
            }
            Ok(Seat { row, number })
        }
    }
    // ANCHOR_END: checked

    // ANCHOR: new
    #[pymethods]
    impl Seat {
        /// The constructor for Python.
        #[new]
        #[pyo3(signature = (row, number=1))]
        fn py_new(row: char, number: u32) -> PyResult<Self> {
            Seat::checked(row, number).map_err(PyValueError::new_err)
        }
    }
    // ANCHOR_END: new

    // ANCHOR: price
    /// A price. Each field is an argument, in this order.
    #[pyclass(new = "from_fields", get_all)]
    struct Price {
        cents: u32,
        currency: String,
    }
    // ANCHOR_END: price

    /// What is printed on the ticket.
    #[pyfunction]
    fn printed(seat: &Seat, price: &Price) -> String {
        let Price { cents, currency } = price;
        let (whole, part) = (cents / 100, cents % 100);
        format!("{}{}: {whole}.{part:02} {currency}", seat.row, seat.number)
    }
}
