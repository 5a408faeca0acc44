//! The settings of a backup program, as they come out of a TOML file.

#[pyo3::pymodule]
mod backup_settings {
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pythonize::{Depythonizer, pythonize};
    use serde::{Deserialize, Serialize};

    /// How often a backup is made: `"hourly"`, `"daily"` or `"weekly"`.
    #[derive(Deserialize, Serialize, Default)]
    #[serde(rename_all = "lowercase")]
    enum Schedule {
        Hourly,
        #[default]
        Daily,
        Weekly,
    }

    /// Where a backup goes. An unknown key is an error.
    #[derive(Deserialize, Serialize)]
    #[serde(deny_unknown_fields)]
    struct Target {
        host: String,
        #[serde(default = "ssh")]
        port: u16,
    }

    fn ssh() -> u16 {
        22
    }

    /// All settings. An unknown key is an error.
    #[derive(Deserialize, Serialize)]
    #[serde(deny_unknown_fields)]
    struct Settings {
        source: String,
        #[serde(default)]
        schedule: Schedule,
        #[serde(default = "a_week")]
        keep: u32,
        #[serde(default)]
        targets: Vec<Target>,
    }

    fn a_week() -> u32 {
        7
    }

    /// Reads settings from a dictionary or any other mapping.
    ///
    /// Every mistake in them is a `ValueError` with the message `place: reason`, such as `targets[0].port: …`. The
    /// settings as a whole are the place `.`. The original exception says the reason, and is the `__cause__`.
    fn read(settings: &Bound<'_, PyAny>) -> PyResult<Settings> {
        let py = settings.py();
        let deserializer = &mut Depythonizer::from_object(settings);
        serde_path_to_error::deserialize(deserializer).map_err(|error| {
            let place = error.path().to_string();
            let cause = PyErr::from(error.into_inner());
            let error = PyValueError::new_err(format!("{place}: {}", cause.value(py)));
            error.set_cause(py, Some(cause));
            error
        })
    }

    /// The settings with all their defaults filled in, as a new dictionary.
    #[pyfunction]
    fn complete<'py>(settings: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(settings.py(), &read(settings)?)?)
    }

    /// The commands that make the backups. This function is complete.
    #[pyfunction]
    fn commands(settings: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
        let settings = read(settings)?;
        let hours = match settings.schedule {
            Schedule::Hourly => 1,
            Schedule::Daily => 24,
            Schedule::Weekly => 7 * 24,
        };
        let command = |target: &Target| {
            let Target { host, port } = target;
            let Settings { source, keep, .. } = &settings;
            format!("backup {source} to {host}:{port} every {hours}h, keep {keep}")
        };
        Ok(settings.targets.iter().map(command).collect())
    }
}
