//! What plugins see: the module `bot`. And what the host keeps about them.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;

/// What somebody wrote.
#[pyclass(frozen, get_all, module = "bot")]
pub struct Message {
    pub sender: String,
    pub text: String,
}

/// A function of a plugin, which the bot calls for a message such as `!name`.
pub struct Command {
    /// The plugin's name.
    pub plugin: String,
    pub function: Py<PyAny>,
}

/// The commands of all plugins.
pub struct Registry {
    pub commands: BTreeMap<String, Command>,
    /// The plugin that is being loaded, or whose command is running.
    pub current: Option<String>,
}

static REGISTRY: Mutex<Registry> = Mutex::new(Registry {
    commands: BTreeMap::new(),
    current: None,
});

/// Locks the registry. The lock isn't reentrant, so no Python code may run before you drop the guard.
pub fn registry() -> MutexGuard<'static, Registry> {
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner)
}

#[pymodule]
pub mod bot {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::Message;

    /// Makes a function a command of the current plugin, and returns the function, so that it's useful as a decorator. The
    /// command's name is the function's `__name__`.
    ///
    /// If the name is taken, that's a `ValueError`. If no plugin is running, it's a `RuntimeError`.
    #[pyfunction]
    fn command(function: Bound<'_, PyAny>) -> PyResult<Bound<'_, PyAny>> {
        todo!("register {function}")
    }
}
