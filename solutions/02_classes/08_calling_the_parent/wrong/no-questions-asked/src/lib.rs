//! What people are paid, in cents.

#[pyo3::pymodule]
mod calling_the_parent {
    use pyo3::prelude::*;

    /// Someone who is paid by the hour.
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

        /// The pay for this many hours. This method is complete.
        fn pay(&self, hours: u64) -> u64 {
            hours * self.rate
        }

        /// Raises the rate by one percent, rounded down. This method is complete.
        fn raise_rate(&mut self) {
            self.rate += self.rate / 100;
        }

        /// `Ada: 4000`: the name and the pay, as the object's own class computes it. A `pay` that doesn't return an
        /// integer is a `TypeError`.
        fn payslip(&self, hours: u64) -> String {
            format!("{}: {}", self.name, self.pay(hours))
        }
    }

    /// Is paid like any employee, plus a bonus.
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

        /// The parent's result, plus the bonus.
        fn pay(slf: PyRef<'_, Self>, hours: u64) -> u64 {
            slf.as_super().pay(hours) + slf.bonus
        }

        /// Does what the parent does, and raises the bonus by ten percent, rounded down.
        fn raise_rate(mut slf: PyRefMut<'_, Self>) {
            slf.as_super().raise_rate();
            slf.bonus += slf.bonus / 10;
        }
    }

    /// A manager with a share: a percentage of the manager's pay, rounded down, comes on top.
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
            let pay = Manager::pay(slf.into_super(), hours);
            pay + pay * percent / 100
        }
    }
}
