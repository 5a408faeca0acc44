//! Notices that are sent to customers.

#[pyo3::pymodule]
mod notices {
    use pyo3::prelude::*;

    // ANCHOR: notice
    /// A message to a customer.
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
        // ANCHOR_END: notice

        // ANCHOR: notice_count
        fn count(&mut self) -> u32 {
            self.sent += 1;
            self.sent
        }
        // ANCHOR_END: notice_count

        // ANCHOR: preview
        /// Calls the method of this struct, whatever the object is.
        fn preview(&self) -> String {
            format!("[{}]", self.text())
        }
        // ANCHOR_END: preview

        // ANCHOR: send
        /// Asks the object for its method, as Python does.
        fn send(slf: &Bound<'_, Self>) -> PyResult<String> {
            let text: String = slf.call_method0("text")?.extract()?;
            Ok(format!("No. {}: {text}", slf.borrow_mut().count()))
        }
        // ANCHOR_END: send
    }

    // ANCHOR: reminder
    /// A less friendly notice.
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
        // ANCHOR_END: reminder

        // ANCHOR: reminder_count
        fn count(mut slf: PyRefMut<'_, Self>) -> u32 {
            slf.warnings += 1;
            slf.as_super().count()
        }
        // ANCHOR_END: reminder_count
    }

    /// The last one before the lawyers take over.
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

        // ANCHOR: last
        fn text(slf: PyRef<'_, Self>) -> String {
            let days = slf.days;
            format!("{} within {days} days", Reminder::text(slf.into_super()))
        }
        // ANCHOR_END: last
    }
}
