//! Runs tests, and says what happened in values.

pub(crate) mod panics;
pub(crate) mod python;
pub(crate) mod rust;

use std::collections::BTreeSet;
use std::path::PathBuf;

use diagnostic::SourceLocation;
use serde::Deserialize;

use crate::system::Exit;
use crate::verdict::{Test, Timing};

/// Why a test did not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A `todo!()`, or its Python twin, was reached.
    Todo {
        /// Where it stands.
        place: Option<SourceLocation>,
    },
    /// Rust panicked.
    Panicked {
        /// What the panic says.
        text: String,
        /// Where.
        place: Option<SourceLocation>,
        /// Whose code it is inside of where that is not the learner's, such as the standard library.
        inside: Option<String>,
    },
    /// An assertion of the test did not hold.
    Assertion {
        /// The assertion, with the values on both sides.
        text: String,
        /// Where.
        place: Option<SourceLocation>,
    },
    /// A test expected an exception, and none was raised.
    NothingRaised {
        /// What was expected, as part of a sentence.
        expected: String,
        /// The values with which it was, by their names: of a loop around the expectation, and of what is called in it.
        values: Vec<(String, String)>,
        /// Where.
        place: Option<SourceLocation>,
    },
    /// An exception was raised.
    Raised {
        /// The exception's type and text, and what was added to it, each note in a line of its own.
        text: String,
        /// The last place in the project that it went through.
        place: Option<SourceLocation>,
    },
    /// A module was asked for an attribute that it does not have.
    NoAttribute {
        /// The exception's type and text.
        text: String,
        /// The line that asks.
        place: Option<SourceLocation>,
        /// What is known of the name.
        known: Known,
    },
    /// The process that ran the test ended, one of several that share the tests.
    WorkerEnded {
        /// How.
        exit: Exit,
        /// The last place in Python that was seen.
        place: Option<SourceLocation>,
        /// `faulthandler`'s account of it.
        trace: String,
    },
    /// An import failed.
    Import {
        /// The exception's type and text.
        text: String,
        /// The module that the exception names.
        module: Option<String>,
        /// The line of the import.
        place: Option<SourceLocation>,
        /// What is known of the name that Python missed.
        known: Known,
    },
}

/// What is known of a name that Python did not find in a module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The names that the module has, private ones left out.
    pub offered: Vec<String>,
    /// Where the name is written in Rust, if it is.
    pub defined: Option<Defined>,
}

/// Where a name is written in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defined {
    /// The place.
    pub place: SourceLocation,
    /// What stands there.
    pub definition: anatomy::project::Definition,
    /// Whether the crate has a `#[pymodule] mod`, into which it may be brought.
    pub has_declarative_module: bool,
    /// The line that adds it to a module, if one does.
    pub added: Option<SourceLocation>,
}

impl Failure {
    /// Puts it at another place.
    pub(crate) fn move_to(&mut self, to: SourceLocation) {
        let (Self::Todo { place }
        | Self::Panicked { place, .. }
        | Self::Assertion { place, .. }
        | Self::NothingRaised { place, .. }
        | Self::Raised { place, .. }
        | Self::NoAttribute { place, .. }
        | Self::WorkerEnded { place, .. }
        | Self::Import { place, .. }) = self;
        *place = Some(to);
    }

    /// Where it happened, and its text.
    pub(crate) fn place_and_text(&self) -> (Option<SourceLocation>, String) {
        match self {
            Self::Todo { place } => (place.clone(), "not yet implemented".to_owned()),
            Self::NothingRaised {
                expected,
                values,
                place,
            } => (place.clone(), nothing_raised(expected, values)),
            Self::WorkerEnded { exit, place, .. } => (place.clone(), exit_text(*exit)),
            Self::Panicked { text, place, .. }
            | Self::Assertion { text, place }
            | Self::Raised { text, place }
            | Self::NoAttribute { text, place, .. }
            | Self::Import { text, place, .. } => (place.clone(), text.clone()),
        }
    }
}

fn exit_text(exit: Exit) -> String {
    match exit {
        Exit::Signal(signal) => format!("the process was ended by signal {signal}"),
        Exit::Code(code) => format!("the process ended with exit status {code}"),
    }
}

/// What a test has to say that expected an exception in vain.
pub(crate) fn nothing_raised(expected: &str, values: &[(String, String)]) -> String {
    let named: Vec<String> = values
        .iter()
        .map(|(name, value)| format!("`{name} = {value}`"))
        .collect();
    if named.is_empty() {
        return format!("{expected} was expected, and nothing was raised");
    }
    let named = named.join(", ");
    format!("{expected} was expected with {named}, and nothing was raised")
}

/// A test that did not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedTest {
    /// Its identifier, or the file's where the failure came before any test.
    pub id: String,
    /// Why.
    pub failure: Failure,
    /// The framework's own account.
    pub text: String,
    /// What the test printed, where the framework tells it apart.
    pub printed: String,
}

/// A test, or a file of tests, that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// Its identifier, or the file's.
    pub id: String,
    /// Why, in the framework's words.
    pub reason: String,
}

/// Where Python loaded the extension under test from, or the package around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The module's import name.
    pub module: String,
    /// The file, as it is shown; or `built-in` or `frozen`.
    pub origin: String,
    /// Whether that is the one that was built, or belongs to the sources.
    pub is_fresh: bool,
}

/// How a suite came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It ran to its end.
    Finished {
        /// The exit status: pytest's, or 0 and 101 of a Rust test program.
        status: i32,
    },
    /// It said that all is well, and not all of its tests had been run: something ended the suite from within.
    Short {
        /// How many tests came to their end.
        ran: usize,
        /// How many there are.
        of: usize,
    },
    /// The process died or ended before the suite did.
    Died {
        /// How.
        exit: Exit,
    },
    /// The time was up.
    TimedOut {
        /// The time it had.
        limit: std::time::Duration,
    },
    /// A limit was exceeded.
    Exceeded {
        /// Which: `memory` or `processes`.
        what: String,
        /// How much was used.
        used: u64,
        /// How much was allowed.
        most: u64,
    },
    /// The work was cancelled.
    Cancelled,
    /// The framework could not be started.
    Unusable {
        /// What it said.
        reason: String,
    },
}

/// How much of the time a process computed: 1 is all of one processor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Its main thread.
    pub main: f64,
    /// All of its threads.
    pub all: f64,
}

/// A line of Python that was on the way when a suite ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveFrame {
    /// Where it is.
    pub place: SourceLocation,
    /// Its text.
    pub line: String,
    /// The text of the function from its `def` to the line.
    pub before: String,
}

/// What a run of tests read, as far as Python noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Reads {
    /// The files that were opened or loaded.
    pub files: BTreeSet<PathBuf>,
    /// The directories whose names were listed.
    pub directories: BTreeSet<PathBuf>,
    /// Why the outcome may rest on more than files, each in a few words.
    pub unseen: Vec<String>,
    /// When the first of it may have been read, in nanoseconds since the Unix epoch.
    #[serde(skip)]
    pub since: i128,
}

/// A suite that ran.
#[derive(Debug, Clone, PartialEq)]
pub struct Suite {
    /// The tests that ended.
    pub tests: Vec<Test>,
    /// Those that did not pass, in the order in which they ended.
    pub failed: Vec<FailedTest>,
    /// What was raised where nobody could take it, as in a `drop` or a thread: the test that ran, and Python's account.
    pub unraisable: Vec<(String, String)>,
    /// What of the framework's was replaced by code of the project, and the file that the code is in.
    pub replaced: Vec<(String, String)>,
    /// The test that was running when the suite ended, where it did not finish.
    pub running: Option<String>,
    /// How it ended.
    pub end: End,
    /// The last place in Python that was seen, of a suite that died or timed out.
    pub last_seen: Option<SourceLocation>,
    /// `faulthandler`'s account, of a suite that died or timed out.
    pub trace: String,
    /// What it did when its time was up, where the system says so.
    pub load: Option<Load>,
    /// The lines of the project that the account passes through, innermost first, each with the function up to it.
    pub active_frame: Vec<ActiveFrame>,
    /// The extension module that it tests, where there is one.
    pub extension: Option<String>,
    /// Where that module and the package around it came from, where they were imported.
    pub loaded: Vec<Loaded>,
    /// What was skipped.
    pub skipped: Vec<Skip>,
    /// What the tests and the framework printed.
    pub output: String,
    /// How long its parts took, where they are known.
    pub timings: Vec<Timing>,
    /// What it read, where that is known.
    pub reads: Option<Reads>,
}

impl Suite {
    pub(crate) fn unusable(reason: impl Into<String>) -> Self {
        Self {
            tests: Vec::new(),
            failed: Vec::new(),
            unraisable: Vec::new(),
            replaced: Vec::new(),
            running: None,
            end: End::Unusable {
                reason: reason.into(),
            },
            last_seen: None,
            trace: String::new(),
            load: None,
            active_frame: Vec::new(),
            extension: None,
            loaded: Vec::new(),
            skipped: Vec::new(),
            output: String::new(),
            timings: Vec::new(),
            reads: None,
        }
    }
}
