//! What's expected of an artifact, as far as the caller knows.

use crate::facts::Version;
use crate::names::{FileName, ModuleName};
use crate::python_api::OfferedSymbols;
use crate::target::{Architecture, Implementation, PythonVersion, Threading};

/// A system's C library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Libc {
    /// The GNU C library of this version.
    Gnu(Version),
    /// musl.
    Musl,
}

/// What the caller knows about the module and the interpreter that should import it. Everything is optional: a rule
/// that lacks information doesn't report anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expectation {
    module: Option<ModuleName>,
    file_name: Option<FileName>,
    python: Option<PythonVersion>,
    threading: Option<Threading>,
    implementation: Option<Implementation>,
    architecture: Option<Architecture>,
    offered: Option<OfferedSymbols>,
    stable_abi: Option<PythonVersion>,
    libc: Option<Libc>,
}

impl Expectation {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The file should be imported as this module.
    #[must_use]
    pub fn module(mut self, module: ModuleName) -> Self {
        self.module = Some(module);
        self
    }

    /// The file's own name, such as `fast.cpython-312-x86_64-linux-gnu.so`, without its directory.
    #[must_use]
    pub fn file_name(mut self, name: &str) -> Self {
        self.file_name = Some(FileName::parse(name));
        self
    }

    /// The interpreter's version.
    #[must_use]
    pub fn python(mut self, version: PythonVersion) -> Self {
        self.python = Some(version);
        self
    }

    /// Whether the interpreter is free-threaded.
    #[must_use]
    pub fn threading(mut self, threading: Threading) -> Self {
        self.threading = Some(threading);
        self
    }

    /// The interpreter's implementation.
    #[must_use]
    pub fn implementation(mut self, implementation: Implementation) -> Self {
        self.implementation = Some(implementation);
        self
    }

    /// The interpreter's processor architecture.
    #[must_use]
    pub fn architecture(mut self, architecture: Architecture) -> Self {
        self.architecture = Some(architecture);
        self
    }

    /// The symbols that the interpreter exports, read from its own file.
    #[must_use]
    pub fn offered(mut self, symbols: OfferedSymbols) -> Self {
        self.offered = Some(symbols);
        self
    }

    /// The oldest stable ABI version that the extension promises to load with, from its wheel's tag `cp39-abi3` or
    /// PyO3's feature `abi3-py39`.
    #[must_use]
    pub fn stable_abi(mut self, version: PythonVersion) -> Self {
        self.stable_abi = Some(version);
        self
    }

    /// The C library of the system that should load it.
    #[must_use]
    pub fn libc(mut self, libc: Libc) -> Self {
        self.libc = Some(libc);
        self
    }

    pub(crate) fn expected_offered(&self) -> Option<&OfferedSymbols> {
        self.offered.as_ref().filter(|symbols| !symbols.is_empty())
    }

    pub(crate) fn expected_stable_abi(&self) -> Option<PythonVersion> {
        self.stable_abi
    }

    pub(crate) fn expected_libc(&self) -> Option<&Libc> {
        self.libc.as_ref()
    }

    pub(crate) fn expected_module(&self) -> Option<&ModuleName> {
        self.module.as_ref()
    }

    pub(crate) fn expected_file(&self) -> Option<&FileName> {
        self.file_name.as_ref()
    }

    pub(crate) fn expected_python(&self) -> Option<PythonVersion> {
        self.python
    }

    pub(crate) fn expected_threading(&self) -> Option<Threading> {
        self.threading
    }

    pub(crate) fn expected_implementation(&self) -> Option<Implementation> {
        self.implementation
    }

    pub(crate) fn expected_architecture(&self) -> Option<Architecture> {
        self.architecture
    }

    /// The artifact's name in findings.
    pub(crate) fn artifact(&self) -> String {
        match (&self.file_name, &self.module) {
            (Some(file), _) => file.as_str().to_owned(),
            (None, Some(module)) => format!("the extension of `{module}`"),
            (None, None) => "the file".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_parsed_as_people_and_tags_write_them() {
        assert_eq!(
            PythonVersion::parse("3.12"),
            Some(PythonVersion::new(3, 12))
        );
        assert_eq!(
            PythonVersion::parse("3.9.18"),
            Some(PythonVersion::new(3, 9))
        );
        assert_eq!(
            PythonVersion::from_digits("310"),
            Some(PythonVersion::new(3, 10))
        );
        assert_eq!(
            PythonVersion::from_digits("27"),
            Some(PythonVersion::new(2, 7))
        );
        for text in ["", "3", "3.", "3.+1", "three.two", "3.999"] {
            assert_eq!(PythonVersion::parse(text), None, "{text}");
        }
        assert_eq!(PythonVersion::from_digits("é"), None);
    }
}
