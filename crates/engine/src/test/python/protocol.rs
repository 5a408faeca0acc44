//! The lines that the harness and the engine exchange.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize, Serializer};

use crate::test::Reads;

/// A path or another value of the system's, which need not be text: text goes as a string, anything else as its bytes.
#[derive(Debug, Clone)]
pub(super) struct Native(OsString);

impl From<OsString> for Native {
    fn from(value: OsString) -> Self {
        Self(value)
    }
}

impl From<&Path> for Native {
    fn from(path: &Path) -> Self {
        Self(path.into())
    }
}

impl Serialize for Native {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_str() {
            Some(text) => serializer.serialize_str(text),
            None => serializer.collect_seq(self.0.as_encoded_bytes()),
        }
    }
}

/// A request.
#[derive(Debug, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(super) enum Request {
    /// Fork a child that configures pytest and waits.
    Prepare(Box<Child>),
    /// What is tested is in place: the child that waits shall run.
    Go,
    /// End the child; where its time is up, look first whether it computes or waits.
    Stop { look: bool },
}

/// What a child is forked for.
#[derive(Debug, Serialize)]
pub(super) struct Child {
    pub(super) id: u64,
    pub(super) cwd: Native,
    pub(super) args: Vec<Native>,
    pub(super) path: Vec<Native>,
    pub(super) late_path: Vec<Native>,
    pub(super) env: BTreeMap<String, Native>,
    pub(super) site: Native,
    /// The extension under test, where there is one.
    pub(super) module: Option<Wanted>,
    /// Directories whose files are ours, or pytest's from run to run, and count for no verdict.
    pub(super) own: Vec<Native>,
    pub(super) trace: Native,
    /// Whether pytest may be configured before what it tests is in place.
    pub(super) early: bool,
    /// In seconds; the harness notes where the run is when it is over.
    pub(super) limit: f64,
}

/// An extension module, and where it and the package around it are to come from.
#[derive(Debug, Serialize)]
pub(super) struct Wanted {
    pub(super) module: String,
    /// Where the engine put the extension.
    pub(super) home: Native,
    /// The directories in which the package around it may be.
    pub(super) packages: Vec<Native>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Reply {
    /// pytest is loaded; runs may be asked for.
    Ready {
        pytest: String,
        reusable: bool,
        /// The files of all modules that were loaded for it.
        #[serde(default)]
        loaded: Vec<PathBuf>,
        /// The directories in which they were looked for.
        #[serde(default)]
        searched: BTreeSet<PathBuf>,
    },
    /// pytest cannot be loaded.
    Unusable { text: String },
    /// Collection has ended.
    Collected {
        count: usize,
        /// Since the run began.
        #[serde(default)]
        seconds: Option<f64>,
    },
    /// A file could not be collected.
    CollectFailed(Report),
    /// A file or a class was skipped as a whole.
    CollectSkipped(Report),
    /// A test begins.
    TestStarted { id: String },
    /// A phase of a test ended that says something about it.
    Test(Report),
    /// A test ended.
    TestFinished { id: String },
    /// An exception was raised where nobody could take it.
    Unraisable { id: String, text: String },
    /// How much of the time the child computed just before it was ended: its main thread, and all of its threads.
    Load { main: f64, all: f64 },
    /// Where the extension under test came from.
    Imported {
        #[serde(default)]
        found: Vec<Origin>,
        error: Option<NotImported>,
    },
    /// Code of the project has taken the place of something of pytest's that decides whether a test passes.
    Replaced { name: String, file: String },
    /// pytest met an error of its own.
    InternalError { text: String },
    /// pytest came to its end.
    Finished {
        status: i32,
        /// Since the run began.
        #[serde(default)]
        seconds: Option<f64>,
    },
    /// What the run read.
    Read(Reads),
    /// The child went beyond a limit and is ended.
    Exceeded { what: String, used: u64, most: u64 },
    /// The child ended.
    Exited {
        id: u64,
        status: Option<i32>,
        signal: Option<i32>,
    },
}

/// Where Python loaded a module from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Origin {
    pub(super) module: String,
    /// A file, or `built-in` or `frozen`.
    #[serde(rename = "origin")]
    pub(super) place: String,
    /// Whether that is where the engine put it.
    pub(super) is_fresh: bool,
}

/// Why the extension could not be imported when no test had done so.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct NotImported {
    /// The exception's type and text.
    pub(super) text: String,
    /// The module that lacks something.
    pub(super) name: Option<String>,
    /// The names that this module has.
    #[serde(default)]
    pub(super) offered: Vec<String>,
}

/// What pytest reports of a test or a file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Report {
    pub(super) id: String,
    pub(super) outcome: String,
    pub(super) when: String,
    pub(super) seconds: f64,
    #[serde(default)]
    pub(super) text: String,
    /// Captured output: title and text.
    #[serde(default)]
    pub(super) printed: Vec<(String, String)>,
    /// Why it was expected to fail, where it was.
    #[serde(default)]
    pub(super) xfail: Option<String>,
    pub(super) error: Option<Raised>,
    pub(super) crash: Option<Crash>,
    /// The signal that ended the worker of pytest-xdist in which the test ran.
    pub(super) signal: Option<i32>,
    /// The exit status with which it ended by itself.
    pub(super) status: Option<i32>,
}

/// The exception behind a failure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Raised {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) module: String,
    pub(super) text: String,
    /// What was added to it.
    #[serde(default)]
    pub(super) notes: Vec<String>,
    /// The module that lacks something, of an import error or an attribute that a module does not have.
    pub(super) name: Option<String>,
    /// The names that this module has.
    #[serde(default)]
    pub(super) offered: Vec<String>,
    pub(super) place: Option<Place>,
    /// The values that an expectation in vain was about, by their names.
    #[serde(default)]
    pub(super) values: Vec<(String, String)>,
}

/// Where pytest saw a failure, and its short text.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Crash {
    pub(super) file: String,
    pub(super) line: u32,
    pub(super) text: String,
}

/// A line of a Python file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: u32,
}
