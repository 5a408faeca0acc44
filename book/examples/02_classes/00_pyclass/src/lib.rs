//! The electricity meters of a house.

#[pyo3::pymodule]
mod meters {
    use pyo3::prelude::*;

    /// An electricity meter.
    #[pyclass]
    struct Meter {
        serial: u32,
        watt_hours: u64,
    }

    /// Puts a new meter up.
    #[pyfunction]
    fn install(serial: u32) -> Meter {
        Meter {
            serial,
            watt_hours: 0,
        }
    }

    /// Counts what was used.
    #[pyfunction]
    fn consume(meter: &mut Meter, watt_hours: u64) {
        meter.watt_hours += watt_hours;
    }

    /// What the display shows.
    #[pyfunction]
    fn display(meter: &Meter) -> String {
        format!("No. {}: {} Wh", meter.serial, meter.watt_hours)
    }

    /// The meter that has counted most.
    #[pyfunction]
    fn busiest<'py>(meters: Vec<PyRef<'py, Meter>>) -> Option<PyRef<'py, Meter>> {
        meters.into_iter().max_by_key(|meter| meter.watt_hours)
    }
}
