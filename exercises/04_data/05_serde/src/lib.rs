//! The settings of a backup program, as they come out of a TOML file.

#[pyo3::pymodule]
mod backup_settings {
    use pyo3::prelude::*;
    use serde::{Deserialize, Serialize};

    /// How often a backup is made: `"hourly"`, `"daily"` or `"weekly"`.
    // TODO: Python spells these in lowercase.
    #[derive(Deserialize, Serialize)]
    enum Schedule {
        Hourly,
        Daily,
        Weekly,
    }

    /// Where a backup goes. An unknown key is an error.
    // TODO: the port may be missing, and is then 22.
    #[derive(Deserialize, Serialize)]
    struct Target {
        host: String,
        port: u16,
    }

    /// All settings. An unknown key is an error.
    // TODO: everything but the source may be missing. The defaults: daily, 7, no targets.
    #[derive(Deserialize, Serialize)]
    struct Settings {
        source: String,
        schedule: Schedule,
        keep: u32,
        targets: Vec<Target>,
    }

    /// Reads settings from a dictionary or any other mapping.
    ///
    /// Every mistake in them is a `ValueError` with the message `place: reason`, such as `targets[0].port: …`. The
    /// settings as a whole are the place `.`. The original exception says the reason, and is the `__cause__`.
    fn read(settings: &Bound<'_, PyAny>) -> PyResult<Settings> {
        todo!("read {settings}")
    }

    /// The settings with all their defaults filled in, as a new dictionary.
    #[pyfunction]
    fn complete<'py>(settings: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        todo!("complete {settings}")
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
