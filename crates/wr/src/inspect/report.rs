//! What was found at a target, or why nothing could be.

use std::path::{Path, PathBuf};

use anatomy::Facts;
use anatomy::project::ProjectFacts;
use anatomy::wheel::WheelFacts;
use diagnostic::Diagnostic;

use super::promise::Promise;

/// What was found.
#[derive(Debug)]
pub(crate) struct Report {
    /// The target as it was named, or the file that was found in it.
    pub(crate) target: String,
    /// Where it lies; a module that is built into the interpreter lies nowhere.
    pub(crate) path: Option<PathBuf>,
    /// What it is.
    pub(crate) what: What,
    /// What is wrong with it.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Whether everything in it could be read: what is a binary by its name, and the manifests.
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
    /// A file that a linker, compiler or archiver wrote.
    Binary(Box<Facts>),
    /// A wheel.
    Wheel(Box<WheelFacts>),
    /// A source project.
    Project(Box<ProjectFacts>),
    /// A module or distribution that is installed.
    Installed(Box<Installed>),
}

/// A module or distribution that is installed.
#[derive(Debug)]
pub(crate) struct Installed {
    /// As what the name was found.
    pub(crate) found_as: InstalledAs,
    /// The distributions that it belongs to, each with its version: several for a namespace that they share.
    pub(crate) distributions: Vec<(String, String)>,
    /// Which Pythons its distribution says that it is for.
    pub(crate) promise: Promise,
    /// From where it is imported, where that is not the environment itself.
    pub(crate) editable: Option<Editable>,
    /// The interpreter in whose environment it was looked up.
    pub(crate) python: PathBuf,
    /// That interpreter's version.
    pub(crate) python_version: String,
    /// The binaries that belong to it, sorted by path.
    pub(crate) binaries: Vec<Binary>,
    /// Files that are binaries by their names and could not be read, with the reason.
    pub(crate) unreadable: Vec<(String, String)>,
    /// The programs of machine code that belong to it, sorted by path.
    pub(crate) programs: Vec<Binary>,
    /// Binaries that belong to it by the list of its distribution, and are not there.
    pub(crate) missing: Vec<String>,
    /// Of a module: extensions and programs that its distribution installs outside of its package.
    pub(crate) elsewhere: Vec<String>,
}

/// From where a distribution is imported that is installed in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Editable {
    /// The directories of the project that hold its modules, or else that of the project, where they are known.
    pub(crate) directories: Vec<PathBuf>,
    /// Whether an import hook finds its modules, which is code and not run.
    pub(crate) hook: bool,
}

/// As what a name was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InstalledAs {
    /// A module that is an extension by itself.
    Extension,
    /// A package.
    Package,
    /// A package without an `__init__`, which may be spread over several directories (PEP 420).
    Namespace,
    /// A module in Python.
    Source,
    /// A module that is part of the interpreter's program.
    BuiltIn,
    /// A distribution, known by its metadata.
    Distribution,
}

/// A binary of an installed package.
#[derive(Debug)]
pub(crate) struct Binary {
    /// Its path below the directory that the package lies in.
    pub(crate) path: String,
    /// What it is.
    pub(crate) facts: Facts,
}

/// Why a target could not be read. It is no finding: nothing is known of what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// The target as it was named, or the file that was found in it.
    pub(crate) target: String,
    /// What is the matter.
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

/// A path as it is named in reports.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}
