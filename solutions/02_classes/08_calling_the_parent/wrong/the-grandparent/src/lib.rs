//! What people are paid, in cents.

#[pyo3::pymodule]
mod calling_the_parent {
    use pyo3::prelude::*;

    /// Somebody who is paid by the hour.
    #[pyclass(subclass)]
    struct Employee {
        #[pyo3(get)]
        name: String,
        #[pyo3(get)]
        rate: u64,
    }

    #[pymethods]
    impl Employee {
        #[new]
        fn new(name: String, rate: u64) -> Self {
            Employee { name, rate }
        }

        /// What is due for so many hours. This method is complete.
        fn pay(&self, hours: u64) -> u64 {
            hours * self.rate
        }

        /// One percent more, rounded down. This method is complete.
        fn raise_rate(&mut self) {
            self.rate += self.rate / 100;
        }

        /// `Ada: 4000`: the name and the pay, whichever way the object's own class computes it. A `pay` that returns no whole
        /// number is a `TypeError`.
        fn payslip(slf: &Bound<'_, Self>, hours: u64) -> PyResult<String> {
            let pay: u64 = slf.call_method1("pay", (hours,))?.extract()?;
            Ok(format!("{}: {pay}", slf.borrow().name))
        }
    }

    /// Is paid like any employee, and gets a bonus on top.
    #[pyclass(extends = Employee, subclass)]
    struct Manager {
        #[pyo3(get)]
        bonus: u64,
    }

    #[pymethods]
    impl Manager {
        #[new]
        fn new(name: String, rate: u64, bonus: u64) -> PyClassInitializer<Self> {
            PyClassInitializer::from(Employee::new(name, rate)).add_subclass(Manager { bonus })
        }

        /// What the parent says, and the bonus.
        fn pay(slf: PyRef<'_, Self>, hours: u64) -> u64 {
            slf.as_super().pay(hours) + slf.bonus
        }

        /// What the parent does, and ten percent more bonus, rounded down.
        fn raise_rate(mut slf: PyRefMut<'_, Self>) {
            slf.as_super().raise_rate();
            slf.bonus += slf.bonus / 10;
        }
    }

    /// A manager who owns a share, in percent of what the manager is paid. It comes on top, rounded down.
    #[pyclass(extends = Manager, subclass)]
    struct Partner {
        #[pyo3(get)]
        percent: u64,
    }

    #[pymethods]
    impl Partner {
        #[new]
        fn new(name: String, rate: u64, bonus: u64, percent: u64) -> PyClassInitializer<Self> {
            Manager::new(name, rate, bonus).add_subclass(Partner { percent })
        }

        fn pay(slf: PyRef<'_, Self>, hours: u64) -> u64 {
            let percent = slf.percent;
            let pay = slf.as_super().as_super().pay(hours);
            pay + pay * percent / 100
        }
    }
}
