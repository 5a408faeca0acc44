//! How parcels travel.

#[pyo3::pymodule]
mod shipping {
    use pyo3::prelude::*;

    /// How urgent it is.
    #[pyclass(frozen, eq, ord, hash, from_py_object)]
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    enum Priority {
        Slow,
        Normal,
        #[pyo3(name = "EXPRESS")]
        Express,
    }

    #[pymethods]
    impl Priority {
        /// How long it takes at most.
        #[getter]
        fn days(&self) -> u32 {
            match self {
                Priority::Slow => 10,
                Priority::Normal => 3,
                Priority::Express => 1,
            }
        }
    }

    /// A number that other systems know.
    #[pyclass(eq, eq_int)]
    #[derive(PartialEq)]
    enum Zone {
        Home = 10,
        Abroad = 20,
    }

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

    #[pymethods]
    impl Place {
        /// What the recipient reads.
        fn tell(&self) -> String {
            match self {
                Place::Depot { town, .. } => format!("waiting in {town}"),
                Place::Van { stops, .. } => format!("{stops} stops before you"),
                Place::At(north, east) => format!("last seen at {north}, {east}"),
                Place::Delivered() => "at your door".to_owned(),
            }
        }
    }

    /// Everything is urgent.
    #[pyfunction]
    fn hurry(priority: Priority) -> Priority {
        priority.max(Priority::Express)
    }

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
}
