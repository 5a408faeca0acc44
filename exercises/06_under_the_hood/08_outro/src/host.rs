//! Loads plugins and calls them.

use std::io;
use std::path::Path;

use pyo3::prelude::*;

use crate::api::Message;

/// An exception of a plugin, in words.
#[derive(Debug)]
pub struct Failure {
    /// The plugin's name.
    pub plugin: String,
    /// The type and the message, such as `KeyError: 'moon'`.
    pub message: String,
    /// The traceback as Python prints it, or nothing if the exception has none.
    pub traceback: String,
}

// TODO: you'll need both. Then you can remove these lines.
#[allow(dead_code)]
impl Failure {
    fn new(py: Python<'_>, plugin: &str, error: PyErr) -> Self {
        let traceback = error.traceback(py).and_then(|it| it.format().ok());
        Failure {
            plugin: plugin.to_owned(),
            message: error.to_string(),
            traceback: traceback.unwrap_or_default(),
        }
    }
}

/// Writes what Python code has printed.
#[allow(dead_code)]
fn flush(py: Python<'_>) -> PyResult<()> {
    let stdout = py.import("sys")?.getattr("stdout")?;
    stdout.call_method0("flush").map(drop)
}

/// The bot. There's one in a process.
pub struct Host(());

impl Host {
    /// Starts Python, with the module `bot` built in.
    pub fn start() -> Self {
        todo!("start Python")
    }

    /// Loads each file `NAME.py` in the directory as the plugin `NAME`, in the order of their names. Names that begin with `_`
    /// aren't plugins.
    ///
    /// - A plugin that can't be loaded is skipped: its `Failure` is returned, its commands are withdrawn, and the next one
    ///   is loaded.
    /// - A plugin may be called like a module of Python, such as `random`, and `import random` still imports Python's.
    /// - What a plugin prints has left Python's buffer when this function returns.
    pub fn load(&self, directory: &Path) -> io::Result<Vec<Failure>> {
        todo!("load the plugins in {}", directory.display())
    }

    /// Runs the command of a message such as `!roll 2 6`, and returns the replies. Other messages have none.
    ///
    /// - The command is called with the message, and with each further word as a string: `roll(message, "2", "6")`.
    /// - It returns a string, an iterable of strings, or `None`.
    /// - The reply to an unknown command is ``what is !NAME?``.
    /// - Whatever exception the command raises becomes a `Failure`.
    /// - A command may make other functions commands of its plugin.
    /// - What a plugin prints has left Python's buffer when this function returns.
    pub fn handle(&self, message: Message) -> Result<Vec<String>, Failure> {
        todo!("handle {}", message.text)
    }
}
