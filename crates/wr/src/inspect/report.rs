//! The result for a target, or why there isn't one.

use std::path::{Path, PathBuf};

use anatomy::Facts;
use anatomy::project::ProjectFacts;
use anatomy::wheel::WheelFacts;
use diagnostic::Diagnostic;
use environments::Editable;

use super::promise::Promise;

/// The result for a target.
#[derive(Debug)]
pub(crate) struct Report {
    /// The target, as given, or the file found in it.
    pub(crate) target: String,
    /// Its location; a module built into the interpreter doesn't have one.
    pub(crate) path: Option<PathBuf>,
    /// What it is.
    pub(crate) what: What,
    /// What's wrong with it.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Whether everything in it could be read: files with a binary's name, and the manifests.
    pub(crate) fn is_read_whole(&self) -> bool {
        match &self.what {
            What::Wheel(facts) => facts.unreadable.is_empty() && facts.damaged.is_empty(),
            What::Installed(found) => found.unreadable.is_empty(),
            What::Project(facts) => facts.broken.is_empty(),
            What::Binary(_) => true,
        }
    }
}

/// What a target is.
#[derive(Debug)]
pub(crate) enum What {
    /// A file written by a linker, compiler or archiver.
    Binary(Box<Facts>),
    /// A wheel.
    Wheel(Box<WheelFacts>),
    /// A source project.
    Project(Box<ProjectFacts>),
    /// An installed module or distribution.
    Installed(Box<Installed>),
}

/// An installed module or distribution.
#[derive(Debug)]
pub(crate) struct Installed {
    /// What the name turned out to be.
    pub(crate) found_as: InstalledAs,
    /// The distributions it belongs to, with their versions: several for a shared namespace.
    pub(crate) distributions: Vec<(String, String)>,
    /// The Pythons that its distribution claims to support.
    pub(crate) promise: Promise,
    /// Where it's imported from, if that isn't the environment itself.
    pub(crate) editable: Option<Editable>,
    /// The interpreter of the environment it was looked up in.
    pub(crate) python: PathBuf,
    /// That interpreter's version.
    pub(crate) python_version: String,
    /// The directory that the paths below are relative to.
    pub(crate) base: PathBuf,
    /// Its binaries, sorted by path.
    pub(crate) binaries: Vec<Binary>,
    /// Files with a binary's name that couldn't be read, with the reason.
    pub(crate) unreadable: Vec<(String, String)>,
    /// Its machine code programs, sorted by path.
    pub(crate) programs: Vec<Binary>,
    /// Binaries that its distribution lists but that don't exist.
    pub(crate) missing: Vec<String>,
    /// For a module: extensions and programs that its distribution installs outside its package.
    pub(crate) elsewhere: Vec<String>,
}

/// As what a name was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InstalledAs {
    /// A module that's an extension itself.
    Extension,
    /// A package.
    Package,
    /// A package without an `__init__`, which may span several directories (PEP 420).
    Namespace,
    /// A Python source module.
    Source,
    /// A module built into the interpreter.
    BuiltIn,
    /// A distribution, known by its metadata.
    Distribution,
}

/// A binary in an installed package.
#[derive(Debug)]
pub(crate) struct Binary {
    /// Its path relative to the directory that contains the package.
    pub(crate) path: String,
    /// What it is.
    pub(crate) facts: Facts,
}

/// Why a target couldn't be read. This isn't a finding, because nothing is known about its contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// The target, as given, or the file found in it.
    pub(crate) target: String,
    /// The problem.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: Option<String>,
}

impl Trouble {
    pub(crate) fn new(target: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            target: target.into(),
            message: message.into(),
            help: None,
        }
    }

    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A path as shown in reports.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}
