//! The lines that the harness and the engine exchange.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize, Serializer};

use crate::memory::Reads;

/// A path or another value of the system, which needn't be text: text is sent as a string, anything else as its bytes.
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
    /// The extension is in place: the waiting child should run.
    Go,
    /// Kill the child. If its time is up, first check whether it's computing or waiting.
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
    /// The extension under test, if there is one.
    pub(super) module: Option<Wanted>,
    /// Directories with files of `wr`, or of pytest between runs, which no verdict depends on.
    pub(super) own: Vec<Native>,
    pub(super) trace: Native,
    /// Whether pytest may be configured before the extension is in place.
    pub(super) early: bool,
    /// In seconds; the harness records where the run is when the limit is reached.
    pub(super) limit: f64,
}

/// An extension module, and where it and the package around it should come from.
#[derive(Debug, Serialize)]
pub(super) struct Wanted {
    pub(super) module: String,
    /// Where the engine put the extension.
    pub(super) home: Native,
    /// The directories where the package around it may be.
    pub(super) packages: Vec<Native>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Reply {
    /// pytest is loaded; runs may be requested.
    Ready {
        pytest: String,
        reusable: bool,
        /// The files of all modules that were loaded for it.
        #[serde(default)]
        loaded: Vec<PathBuf>,
        /// The directories that were searched for them.
        #[serde(default)]
        searched: BTreeSet<PathBuf>,
    },
    /// pytest can't be loaded.
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
    /// A test starts.
    TestStarted { id: String },
    /// A relevant phase of a test ended.
    Test(Report),
    /// A test ended.
    TestFinished { id: String },
    /// An exception was raised where nothing could catch it.
    Unraisable { id: String, text: String },
    /// How busy the child was just before it was killed: its main thread, and all of its threads.
    Load { main: f64, all: f64 },
    /// Where the extension under test came from.
    Imported {
        #[serde(default)]
        found: Vec<Origin>,
        error: Option<NotImported>,
    },
    /// The project's code replaced a pytest function that decides whether a test passes.
    Replaced { name: String, file: String },
    /// pytest had an internal error.
    InternalError { text: String },
    /// pytest finished.
    Finished {
        status: i32,
        /// Since the run began.
        #[serde(default)]
        seconds: Option<f64>,
    },
    /// What the run read.
    Read(Reads),
    /// The child exceeded a limit and is being killed.
    Exceeded { what: String, used: u64, most: u64 },
    /// The child exited.
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

/// Why the extension couldn't be imported after no test had imported it.
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

/// pytest's report on a test or a file.
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
    /// Why it was expected to fail, if it was.
    #[serde(default)]
    pub(super) xfail: Option<String>,
    pub(super) error: Option<Raised>,
    pub(super) crash: Option<Crash>,
    /// The signal that killed the pytest-xdist worker that ran the test.
    pub(super) signal: Option<i32>,
    /// The status with which it exited by itself.
    pub(super) status: Option<i32>,
    /// The versions of Python that it ran something in, if it recorded any.
    #[serde(default)]
    pub(super) pythons: Vec<String>,
}

/// The exception behind a failure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Raised {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) module: String,
    pub(super) text: String,
    /// Its notes.
    #[serde(default)]
    pub(super) notes: Vec<String>,
    /// The exceptions that it was raised from, the nearest first.
    #[serde(default)]
    pub(super) causes: Vec<String>,
    /// The module that lacks something, for an import error or a missing attribute of a module.
    pub(super) name: Option<String>,
    /// The names that this module has.
    #[serde(default)]
    pub(super) offered: Vec<String>,
    pub(super) place: Option<Place>,
    /// The values involved if an expected exception wasn't raised, by their names.
    #[serde(default)]
    pub(super) values: Vec<(String, String)>,
}

/// Where pytest located a failure, and its short text.
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
