//! The electricity meters of a house.

#[pyo3::pymodule]
mod meters {
    use pyo3::prelude::*;

    // ANCHOR: reading
    /// A first attempt: a struct that is converted to a `dict` and back.
    #[derive(FromPyObject, IntoPyObject)]
    #[pyo3(from_item_all)]
    struct Reading {
        serial: u32,
        watt_hours: u64,
    }

    #[pyfunction]
    fn install_reading(serial: u32) -> Reading {
        Reading {
            serial,
            watt_hours: 0,
        }
    }

    #[pyfunction]
    fn consume_reading(mut reading: Reading, watt_hours: u64) -> u64 {
        reading.watt_hours += watt_hours;
        reading.watt_hours
    }
    // ANCHOR_END: reading

    // ANCHOR: meter
    /// An electricity meter.
    #[pyclass]
    struct Meter {
        serial: u32,
        watt_hours: u64,
    }

    /// Installs a new meter.
    #[pyfunction]
    fn install(serial: u32) -> Meter {
        Meter {
            serial,
            watt_hours: 0,
        }
    }
    // ANCHOR_END: meter

    // ANCHOR: borrowed
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
    // ANCHOR_END: borrowed

    // ANCHOR: busiest
    /// The meter that has counted most.
    #[pyfunction]
    fn busiest<'py>(meters: Vec<PyRef<'py, Meter>>) -> Option<PyRef<'py, Meter>> {
        meters.into_iter().max_by_key(|meter| meter.watt_hours)
    }
    // ANCHOR_END: busiest
}
