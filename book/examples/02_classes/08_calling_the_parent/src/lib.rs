//! Notices that are sent to customers.

#[pyo3::pymodule]
mod notices {
    use pyo3::prelude::*;

    /// A text for somebody.
    #[pyclass(subclass)]
    struct Notice {
        #[pyo3(get)]
        recipient: String,
        sent: u32,
    }

    #[pymethods]
    impl Notice {
        #[new]
        fn new(recipient: String) -> Self {
            Notice { recipient, sent: 0 }
        }

        fn text(&self) -> String {
            format!("Dear {}", self.recipient)
        }

        fn count(&mut self) -> u32 {
            self.sent += 1;
            self.sent
        }

        /// Calls the method of this struct, whatever the object is.
        fn preview(&self) -> String {
            format!("[{}]", self.text())
        }

        /// Asks the object for its method, as Python does.
        fn send(slf: &Bound<'_, Self>) -> PyResult<String> {
            let text: String = slf.call_method0("text")?.extract()?;
            Ok(format!("No. {}: {text}", slf.borrow_mut().count()))
        }
    }

    /// A notice that becomes less friendly.
    #[pyclass(extends = Notice, subclass)]
    struct Reminder {
        warnings: u32,
    }

    #[pymethods]
    impl Reminder {
        #[new]
        fn new(recipient: String) -> PyClassInitializer<Self> {
            PyClassInitializer::from(Notice::new(recipient)).add_subclass(Reminder { warnings: 0 })
        }

        fn text(slf: PyRef<'_, Self>) -> String {
            format!("{}, please pay", slf.as_super().text())
        }

        fn count(mut slf: PyRefMut<'_, Self>) -> u32 {
            slf.warnings += 1;
            slf.as_super().count()
        }
    }

    /// The last one before a lawyer writes.
    #[pyclass(extends = Reminder)]
    struct LastReminder {
        days: u32,
    }

    #[pymethods]
    impl LastReminder {
        #[new]
        fn new(recipient: String, days: u32) -> PyClassInitializer<Self> {
            Reminder::new(recipient).add_subclass(LastReminder { days })
        }

        fn text(slf: PyRef<'_, Self>) -> String {
            let days = slf.days;
            format!("{} within {days} days", Reminder::text(slf.into_super()))
        }
    }
}
