//! Loads plugins and calls them.

use std::collections::BTreeMap;
use std::ffi::CString;
use std::fs;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::api::{Command, Message, bot, registry};

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
fn flush(py: Python<'_>) -> PyResult<()> {
    let stdout = py.import("sys")?.getattr("stdout")?;
    stdout.call_method0("flush").map(drop)
}

/// The bot. There's one in a process.
pub struct Host(());

impl Host {
    /// Starts Python, with the module `bot` built in.
    pub fn start() -> Self {
        Python::initialize();
        pyo3::append_to_inittab!(bot);
        Host(())
    }

    /// Loads each file `NAME.py` in the directory as the plugin `NAME`, in the order of their names. Names that begin with `_`
    /// aren't plugins.
    ///
    /// - A plugin that can't be loaded is skipped: its `Failure` is returned, its commands are withdrawn, and the next one
    ///   is loaded.
    /// - A plugin may be called like a module of Python, such as `random`, and `import random` still imports Python's.
    /// - What a plugin prints has left Python's buffer when this function returns.
    pub fn load(&self, directory: &Path) -> io::Result<Vec<Failure>> {
        let entries = fs::read_dir(directory)?;
        let mut files: Vec<PathBuf> = entries
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<_>>()?;
        files.sort();
        let mut failures = Vec::new();
        for file in files {
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            let is_python = file.extension().is_some_and(|it| it == "py");
            if !is_python || name.starts_with('_') {
                continue;
            }
            let loaded = Python::attach(|py| {
                run_as(py, &name, || load_plugin(py, &name, &file)).inspect_err(|_| withdraw(&name))
            });
            failures.extend(loaded.err());
        }
        Ok(failures)
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
        let text = message.text.clone();
        let Some(text) = text.strip_prefix('!') else {
            return Ok(Vec::new());
        };
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or_default();
        Python::attach(|py| {
            let found = registry()
                .commands
                .get(name)
                .map(|command| (command.plugin.clone(), command.function.clone_ref(py)));
            let Some((plugin, function)) = found else {
                return Ok(vec![format!("what is !{name}?")]);
            };
            run_as(py, &plugin, || {
                let mut arguments = vec![Bound::new(py, message)?.into_any()];
                arguments.extend(words.map(|word| PyString::new(py, word).into_any()));
                let arguments = PyTuple::new(py, arguments)?;
                replies(function.bind(py).call1(arguments)?)
            })
        })
    }
}

/// Runs Python code of a plugin, and turns its exception into a `Failure`.
fn run_as<T>(
    py: Python<'_>,
    plugin: &str,
    code: impl FnOnce() -> PyResult<T>,
) -> Result<T, Failure> {
    let failure = |error| Failure::new(py, plugin, error);
    registry().current = Some(plugin.to_owned());
    // An exception's `__str__` is code of the plugin, too.
    let result = code().map_err(failure);
    registry().current = None;
    let flushed = flush(py).map_err(failure);
    result.and_then(|value| flushed.map(|()| value))
}

fn load_plugin(py: Python<'_>, name: &str, file: &Path) -> PyResult<()> {
    let code = CString::new(fs::read(file)?)?;
    let path = CString::new(file.to_string_lossy().as_bytes())?;
    // Not the plain name, which may be that of one of Python's modules.
    let module = CString::new(format!("plugins.{name}"))?;
    PyModule::from_code(py, &code, &path, &module).map(drop)
}

/// Removes the commands of a plugin. Dropping them may run Python code, so that happens after the lock is released.
fn withdraw(plugin: &str) {
    let _withdrawn: BTreeMap<String, Command> = {
        let mut registry = registry();
        let all = mem::take(&mut registry.commands).into_iter();
        let (withdrawn, kept) = all.partition(|(_, command)| command.plugin == plugin);
        registry.commands = kept;
        withdrawn
    };
}

fn replies(result: Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    if result.is_none() {
        Ok(Vec::new())
    } else if let Ok(text) = result.cast::<PyString>() {
        Ok(vec![text.to_string()])
    } else {
        result.try_iter()?.map(|reply| reply?.extract()).collect()
    }
}
