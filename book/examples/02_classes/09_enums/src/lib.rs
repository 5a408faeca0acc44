//! How parcels travel.

#[pyo3::pymodule]
mod shipping {
    use pyo3::prelude::*;

    // ANCHOR: priority
    /// How urgent it is.
    #[pyclass(frozen, eq, ord, hash, from_py_object)]
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    enum Priority {
        Slow,
        Normal,
        #[pyo3(name = "EXPRESS")]
        Express,
    }
    // ANCHOR_END: priority

    // ANCHOR: days
    #[pymethods]
    impl Priority {
        /// The maximum number of days it takes.
        #[getter]
        fn days(&self) -> u32 {
            match self {
                Priority::Slow => 10,
                Priority::Normal => 3,
                Priority::Express => 1,
            }
        }
    }
    // ANCHOR_END: days

    // ANCHOR: zone
    /// A number that other systems know.
    #[pyclass(eq, eq_int)]
    #[derive(PartialEq)]
    enum Zone {
        Home = 10,
        Abroad = 20,
    }
    // ANCHOR_END: zone

    // ANCHOR: place
    /// Where a parcel is.
    #[pyclass(frozen)]
    enum Place {
        Depot {
            town: String,
            shelf: u32,
        },
        #[pyo3(constructor = (van, stops=1))]
        Van {
            van: u32,
            stops: u32,
        },
        At(f64, f64),
        Delivered(),
    }
    // ANCHOR_END: place

    #[pymethods]
    impl Place {
        // ANCHOR: describe
        /// What the recipient reads.
        fn describe(&self) -> String {
            match self {
                Place::Depot { town, .. } => format!("waiting in {town}"),
                Place::Van { stops, .. } => format!("{stops} stops before you"),
                Place::At(north, east) => format!("last seen at {north}, {east}"),
                Place::Delivered() => "at your door".to_owned(),
            }
        }
        // ANCHOR_END: describe
    }

    // ANCHOR: hurry
    /// Makes anything urgent.
    #[pyfunction]
    fn hurry(priority: Priority) -> Priority {
        priority.max(Priority::Express)
    }
    // ANCHOR_END: hurry

    // ANCHOR: advance
    /// Where it goes from here.
    #[pyfunction]
    fn advance(place: &Place) -> Place {
        match place {
            Place::Depot { shelf, .. } => Place::Van {
                van: *shelf,
                stops: 5,
            },
            _ => Place::Delivered(),
        }
    }
    // ANCHOR_END: advance
}
