//! Markers on a map.

#[pyo3::pymodule]
mod map_markers {
    use pyo3::exceptions::PyKeyError;
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    // ANCHOR: first
    #[pyfunction]
    fn describe_first(marker: &Bound<'_, PyDict>) -> PyResult<String> {
        let item = |key: &'static str| {
            let value = marker.get_item(key)?;
            value.ok_or_else(|| PyKeyError::new_err(key))
        };
        let text: String = item("text")?.extract()?;
        let lat: f64 = item("lat")?.extract()?;
        let lon: f64 = item("lon")?.extract()?;
        Ok(format!("{text} at {lat}, {lon}"))
    }
    // ANCHOR_END: first

    // ANCHOR: marker
    /// A dictionary: `{"text": "Here", "lat": 47.4, "lon": 8.5}`
    #[derive(FromPyObject)]
    #[pyo3(from_item_all)]
    struct Marker {
        text: String,
        lat: f64,
        lon: f64,
    }

    #[pyfunction]
    fn describe(marker: Marker) -> String {
        let Marker { text, lat, lon } = marker;
        format!("{text} at {lat}, {lon}")
    }
    // ANCHOR_END: marker

    // ANCHOR: style
    /// An object with these attributes, all but the first of which may be missing.
    #[derive(FromPyObject)]
    struct Style {
        colour: String,
        #[pyo3(attribute("strokeWidth"), default = 1.5)]
        width: f64,
        #[pyo3(default)]
        label: Option<String>,
    }
    // ANCHOR_END: style

    #[pyfunction]
    fn pen(style: Style) -> String {
        let label = style.label.as_deref().unwrap_or("no label");
        format!("{} pen, {} wide, {label}", style.colour, style.width)
    }

    // ANCHOR: place
    /// Where something is.
    #[derive(FromPyObject)]
    enum Place {
        #[pyo3(annotation = "str")]
        Name(String),
        #[pyo3(annotation = "tuple[float, float]")]
        Coordinates(f64, f64),
        #[pyo3(annotation = "an object with x and y")]
        Pixel { x: i64, y: i64 },
    }

    #[pyfunction]
    fn centre(place: Place) -> String {
        match place {
            Place::Name(name) => format!("looking for {name}"),
            Place::Coordinates(lat, lon) => format!("at {lat}, {lon}"),
            Place::Pixel { x, y } => format!("{x} to the right, {y} down"),
        }
    }
    // ANCHOR_END: place

    // ANCHOR: zoom
    #[derive(FromPyObject)]
    enum Zoom {
        Factor(f64),
        Level(i64),
        Fit(bool),
    }
    // ANCHOR_END: zoom

    #[pyfunction]
    fn zoom(to: Zoom) -> String {
        match to {
            Zoom::Factor(factor) => format!("by a factor of {factor}"),
            Zoom::Level(level) => format!("to level {level}"),
            Zoom::Fit(fit) => format!("fit: {fit}"),
        }
    }
}
