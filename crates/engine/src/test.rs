//! Runs tests, and returns what happened as values.

pub(crate) mod panics;
pub(crate) mod python;
pub(crate) mod rust;

use diagnostic::{Diagnostic, SourceLocation};

use crate::memory::Reads;
use crate::system::Exit;
use crate::verdict::{Test, Timing};

/// Why a test didn't pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A `todo!()`, or its Python equivalent, was reached.
    Todo {
        /// Where it is.
        place: Option<SourceLocation>,
    },
    /// Rust panicked.
    Panicked {
        /// The panic's message.
        text: String,
        /// Where it happened.
        place: Option<SourceLocation>,
        /// Whose code panicked, if it isn't the user's own: for example the standard library.
        inside: Option<String>,
    },
    /// An assertion of the test failed.
    Assertion {
        /// The assertion, with the values on both sides.
        text: String,
        /// Where it is.
        place: Option<SourceLocation>,
    },
    /// A test expected an exception, but none was raised.
    NothingRaised {
        /// What was expected, as part of a sentence.
        expected: String,
        /// The values involved, by their names: of a loop around the expectation, and of the call inside it.
        values: Vec<(String, String)>,
        /// Where it was expected.
        place: Option<SourceLocation>,
    },
    /// An exception was raised.
    Raised {
        /// The exception's type and text, and its notes, each on its own line.
        text: String,
        /// The last place in the project that it passed through.
        place: Option<SourceLocation>,
    },
    /// A module doesn't have an attribute that the code uses.
    NoAttribute {
        /// The exception's type and text.
        text: String,
        /// The line that uses it.
        place: Option<SourceLocation>,
        /// What is known about the name.
        known: Known,
    },
    /// The process that ran the test exited; it is one of several that share the tests.
    WorkerEnded {
        /// How it exited.
        exit: Exit,
        /// The last known place in Python.
        place: Option<SourceLocation>,
        /// The traceback from `faulthandler`.
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
        /// What is known about the missing name.
        known: Known,
    },
}

/// What is known about a name that Python didn't find in a module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The public names that the module has.
    pub offered: Vec<String>,
    /// Where the name is defined in Rust, if it is.
    pub defined: Option<Defined>,
}

/// Where a name is defined in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defined {
    /// The place.
    pub place: SourceLocation,
    /// The definition.
    pub definition: anatomy::project::Definition,
    /// Whether the crate has a `#[pymodule] mod` that it can be brought into.
    pub has_declarative_module: bool,
    /// The line that adds it to a module, if one does.
    pub added: Option<SourceLocation>,
}

impl Failure {
    /// Changes its place.
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
        Exit::Signal(signal) => format!("the process was killed by signal {signal}"),
        Exit::Code(code) => format!("the process exited with status {code}"),
    }
}

/// The message of a test that expected an exception that wasn't raised.
pub(crate) fn nothing_raised(expected: &str, values: &[(String, String)]) -> String {
    let named: Vec<String> = values
        .iter()
        .map(|(name, value)| format!("`{name} = {value}`"))
        .collect();
    if named.is_empty() {
        return format!("{expected} was expected, but nothing was raised");
    }
    let named = named.join(", ");
    format!("{expected} was expected with {named}, but nothing was raised")
}

/// A test that didn't pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedTest {
    /// Its identifier, or the file's if the failure came before any test.
    pub id: String,
    /// Why it failed.
    pub failure: Failure,
    /// The exceptions that the one it failed with was raised from, the nearest first.
    pub causes: Vec<String>,
    /// The framework's own report.
    pub text: String,
    /// What the test printed, if the framework captures it separately.
    pub printed: String,
}

/// A test, or a file of tests, that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// Its identifier, or the file's.
    pub id: String,
    /// The reason, as the framework states it.
    pub reason: String,
}

/// Where Python loaded the extension under test from, or the package around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The module's import name.
    pub module: String,
    /// The file, as users see it; or `built-in` or `frozen`.
    pub origin: String,
    /// Whether that is the one that was built, or one of the sources.
    pub is_fresh: bool,
}

/// How a suite ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It ran to its end.
    Finished {
        /// The exit status: pytest's, or 0 and 101 of a Rust test program.
        status: i32,
    },
    /// It reported success before all of its tests had run: something inside stopped the suite.
    Short {
        /// How many tests finished.
        ran: usize,
        /// How many there are.
        of: usize,
    },
    /// The process crashed or exited before the suite finished.
    Died {
        /// How it exited.
        exit: Exit,
    },
    /// It reached its time limit.
    TimedOut {
        /// The limit.
        limit: std::time::Duration,
    },
    /// A limit was exceeded.
    Exceeded {
        /// The resource, such as `memory` or `processes`.
        what: String,
        /// How much was used.
        used: u64,
        /// How much was allowed.
        most: u64,
    },
    /// The work was cancelled.
    Cancelled,
    /// The machine lacks something that the tests need before any of them can start.
    Unstartable {
        /// What it lacks.
        finding: Box<Diagnostic>,
    },
    /// The framework couldn't be started.
    Unusable {
        /// Its message.
        reason: String,
    },
}

/// How busy a process was: 1 is all of one processor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Its main thread.
    pub main: f64,
    /// All of its threads.
    pub all: f64,
}

/// A Python line that was being executed when a suite ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveFrame {
    /// Where it is.
    pub place: SourceLocation,
    /// Its text.
    pub line: String,
    /// The function's source from its `def` to the line.
    pub before: String,
}

/// A suite that ran.
#[derive(Debug, Clone, PartialEq)]
pub struct Suite {
    /// The tests that ended.
    pub tests: Vec<Test>,
    /// Those that didn't pass, in the order in which they ended.
    pub failed: Vec<FailedTest>,
    /// Exceptions that nothing could catch, such as in a `drop` or a thread: the running test, and Python's message.
    pub unraisable: Vec<(String, String)>,
    /// Functions of the framework that the project's code replaced, and the file with that code.
    pub replaced: Vec<(String, String)>,
    /// The test that was running when the suite ended, if it didn't finish.
    pub running: Option<String>,
    /// How it ended.
    pub end: End,
    /// The last known place in Python, for a suite that crashed or timed out.
    pub last_place: Option<SourceLocation>,
    /// The traceback from `faulthandler`, for a suite that crashed or timed out.
    pub trace: String,
    /// How busy it was when its time was up, if the system says so.
    pub load: Option<Load>,
    /// The project's lines in the traceback, innermost first, each with the function up to it.
    pub active_frame: Vec<ActiveFrame>,
    /// The extension module that it tests, if there is one.
    pub extension: Option<String>,
    /// Where that module and the package around it came from, if they were imported.
    pub loaded: Vec<Loaded>,
    /// The skipped tests.
    pub skipped: Vec<Skip>,
    /// The versions of Python that the tests recorded, in that order.
    pub pythons: Vec<String>,
    /// What the tests and the framework printed.
    pub output: String,
    /// How long its parts took, if known.
    pub timings: Vec<Timing>,
    /// What it read, if known.
    pub reads: Option<Reads>,
}

impl Suite {
    /// A suite of no tests.
    pub(crate) fn empty() -> Self {
        Self {
            end: End::Finished { status: 0 },
            ..Self::unusable("")
        }
    }

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
            last_place: None,
            trace: String::new(),
            load: None,
            active_frame: Vec::new(),
            extension: None,
            loaded: Vec::new(),
            skipped: Vec::new(),
            pythons: Vec::new(),
            output: String::new(),
            timings: Vec::new(),
            reads: None,
        }
    }
}
