//! What a library lends.

#[pyo3::pymodule]
mod library {
    use pyo3::exceptions::PyException;
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    // ANCHOR: item
    /// Anything with a title.
    #[pyclass(subclass)]
    struct Item {
        #[pyo3(get)]
        title: String,
        #[pyo3(get)]
        days: u32,
    }

    #[pymethods]
    impl Item {
        #[new]
        #[pyo3(signature = (title, days=28))]
        fn new(title: String, days: u32) -> Self {
            Item { title, days }
        }

        /// Adds a week.
        fn renew(&mut self) {
            self.days += 7;
        }
    }
    // ANCHOR_END: item

    // ANCHOR: film
    /// A film is lent for three days.
    #[pyclass(extends = Item)]
    struct Film {
        #[pyo3(get)]
        minutes: u32,
    }

    #[pymethods]
    impl Film {
        #[new]
        fn new(title: String, minutes: u32) -> PyClassInitializer<Self> {
            PyClassInitializer::from(Item::new(title, 3)).add_subclass(Film { minutes })
        }
    }
    // ANCHOR_END: film

    // ANCHOR: slip
    /// The text on the slip.
    #[pyfunction]
    fn slip(item: &Item) -> String {
        format!("{}, {} days", item.title, item.days)
    }
    // ANCHOR_END: slip

    // ANCHOR: catalogue
    /// A dictionary that counts how often it was asked.
    #[pyclass(extends = PyDict)]
    struct Catalogue {
        #[pyo3(get)]
        asked: u32,
    }

    #[pymethods]
    impl Catalogue {
        #[new]
        fn new() -> Self {
            Catalogue { asked: 0 }
        }

        fn ask<'py>(slf: &Bound<'py, Self>, title: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
            slf.borrow_mut().asked += 1;
            slf.cast::<PyDict>()?.get_item(title)
        }
    }
    // ANCHOR_END: catalogue

    // ANCHOR: overdue
    /// This library's own exception.
    #[pyclass(extends = PyException)]
    struct Overdue {
        #[pyo3(get)]
        days: u32,
    }

    #[pymethods]
    impl Overdue {
        #[new]
        fn new(days: u32) -> Self {
            Overdue { days }
        }
    }
    // ANCHOR_END: overdue
}
