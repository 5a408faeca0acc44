//! The Python and the system that should load an extension, as far as they're known.

use std::fmt;

use super::suffixes::suffixes;
use super::{Python, System};
use crate::expectation::{Expectation, Libc};
use crate::facts::Version;
use crate::names::FileName;
use crate::python_api::OfferedSymbols;
use crate::wheel::SupportedTags;

/// A Python on a system that should load an extension. Anything unknown about it follows from the general rules.
#[derive(Debug, Clone)]
pub struct Host {
    pub(super) python: Python,
    pub(super) system: System,
    /// The suffixes it looks for, if known.
    suffixes: Option<Vec<String>>,
    /// The symbols that a real interpreter exports.
    pub(super) offered: Option<OfferedSymbols>,
    /// The file name of the library that a real interpreter is linked with, such as `libpython3.12.so.1.0`.
    pub(super) library: Option<String>,
    tags: SupportedTags,
}

impl Host {
    /// A Python on a system, described only by the general rules.
    pub fn new(python: Python, system: System) -> Self {
        Self {
            suffixes: suffixes(python, &system),
            tags: SupportedTags::new(python, &system),
            python,
            system,
            offered: None,
            library: None,
        }
    }

    /// Sets the suffixes that a real interpreter lists.
    #[must_use]
    pub fn suffixes(mut self, suffixes: Vec<String>) -> Self {
        self.suffixes = Some(suffixes);
        self
    }

    /// The symbols that a real interpreter exports.
    #[must_use]
    pub fn offered(mut self, offered: OfferedSymbols) -> Self {
        self.offered = Some(offered);
        self
    }

    /// Sets the library that a real interpreter is linked with.
    #[must_use]
    pub fn library(mut self, file_name: String) -> Self {
        self.library = Some(file_name);
        self
    }

    /// The Python.
    pub fn python(&self) -> Python {
        self.python
    }

    /// The system.
    pub fn system(&self) -> &System {
        &self.system
    }

    /// The wheel tags it accepts.
    pub fn tags(&self) -> &SupportedTags {
        &self.tags
    }

    /// The module that it finds in a file with this name, relative to the file's directory; `None` if it ignores the
    /// file. If its suffixes aren't known, only the name decides.
    pub fn module_in(&self, path: &str) -> Option<String> {
        self.rank(path)?;
        FileName::parse(path).module().map(str::to_owned)
    }

    /// The position of this file name in its search order for one module; `None` if it ignores the file.
    pub(super) fn rank(&self, path: &str) -> Option<usize> {
        let file = FileName::parse(path);
        let module = file
            .as_str()
            .split('.')
            .next()
            .filter(|module| !module.is_empty())?;
        match &self.suffixes {
            None => file.module().map(|_| 0),
            Some(suffixes) => suffixes
                .iter()
                .position(|suffix| file.as_str().strip_prefix(module) == Some(suffix)),
        }
    }

    /// The suffix it looks for first.
    pub(super) fn wanted_suffix(&self) -> Option<&str> {
        self.suffixes.as_ref()?.first().map(String::as_str)
    }

    /// Its name in messages: `Python 3.15t`.
    pub(super) fn name(&self) -> String {
        let text = self.python.to_string();
        match text.strip_prefix("pypy") {
            Some(version) => format!("PyPy {version}"),
            None => format!("Python {text}"),
        }
    }

    /// What the rules for binaries may expect.
    pub(super) fn expectation(&self) -> Expectation {
        let mut expected = Expectation::new()
            .python(self.python.version)
            .threading(self.python.threading)
            .implementation(self.python.implementation);
        if let Some(architecture) = self.system.architecture() {
            expected = expected.architecture(architecture);
        }
        match &self.system {
            System::Glibc {
                version: (major, minor),
                ..
            } => expected.libc(Libc::Gnu(Version::of([*major, *minor, 0]))),
            System::Musl { .. } => expected.libc(Libc::Musl),
            _ => expected,
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.name(), self.system)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_python_only_considers_its_own_suffixes() {
        let host = |python: &str, system: &str| {
            Host::new(python.parse().unwrap(), system.parse().unwrap())
        };
        let linux = host("3.12", "manylinux_2_36_x86_64");
        for (file, module) in [
            ("fast.cpython-312-x86_64-linux-gnu.so", Some("fast")),
            ("a/fast.abi3.so", Some("fast")),
            ("fast.so", Some("fast")),
            ("fast/__init__.abi3.so", Some("fast")),
            ("fast.cpython-311-x86_64-linux-gnu.so", None),
            ("fast.cpython-312-aarch64-linux-gnu.so", None),
            ("fast.cpython-312-darwin.so", None),
            ("fast.abi3t.so", None),
            ("fast.pyd", None),
            ("libfast.so.1", None),
            (".so", None),
        ] {
            assert_eq!(linux.module_in(file).as_deref(), module, "{file}");
        }
        assert_eq!(
            host("3.13t", "win_amd64").module_in("a.pyd").as_deref(),
            Some("a")
        );
        assert_eq!(
            host("pypy3.11", "manylinux_2_36_x86_64").module_in("a.abi3.so"),
            None
        );
    }
}
