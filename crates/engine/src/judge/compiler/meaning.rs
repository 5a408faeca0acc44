//! What errors of the compiler mean where PyO3 is used, and what to do about them.
//!
//! PyO3 asks things of the learner's types by traits of its own, so the compiler speaks of those traits. Each function
//! below recognises one way of speaking, and answers in terms of attributes and types that a learner writes. The words are
//! those of rustc 1.85 and later with PyO3 0.30; `crates/wr/tests/command_line/verdicts/compiling.rs` lets the real ones speak.

mod argument;
mod class;
mod edition;
mod exception;
mod gated;
mod method;
mod module;
mod name;
mod native;
mod object;
mod options;
mod renamed;
mod threads;

use super::sources::Sources;
use crate::build::CompilerError;

/// What an error means: errors of one meaning are one mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    kind: Kind,
    /// The type, or what else it is about.
    subject: String,
    advice: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    NotFrozen,
    Frozen,
    NeedsInterpreter,
    NoClass,
    NoSubclass,
    SecondBlock,
    Twice,
    NotAnObject,
    Borrowed,
    NotOwned,
    Default,
    Argument,
    NotAnException,
    NotForThreads,
    Guard,
    Tuple,
    Name,
    Native,
    Renamed,
    Gated,
    Lent,
    Token,
    Attribute,
    Export,
    Option,
    Receiver,
    ClassReceiver,
    Parent,
    Method,
    Copied,
    Held,
    Edition,
}

impl Meaning {
    fn new(kind: Kind, subject: &str, advice: impl Into<String>) -> Self {
        Self {
            kind,
            subject: subject.to_owned(),
            advice: advice.into(),
        }
    }

    /// Whether the code was written for an earlier PyO3.
    pub(super) fn is_of_an_older_pyo3(&self) -> bool {
        match self.kind {
            Kind::Renamed => !self.advice.contains("came with PyO3"),
            Kind::Native => self.subject == "PyModule",
            _ => false,
        }
    }

    /// What to do.
    pub(super) fn advice(&self) -> &str {
        &self.advice
    }

    /// Whether an error is there only because of this mistake.
    pub(super) fn leads_to(&self, error: &CompilerError) -> bool {
        let subject = &self.subject;
        let says = |text: &str| error.message.contains(text);
        match self.kind {
            // Whatever a `use` line was to bring in is missing.
            Kind::Edition => {
                (says("cannot find ") && !says("module or crate")) || says("unresolved import")
            }
            // Before 0.28 PyO3's macro goes on as if the result were one.
            Kind::NotAnObject | Kind::Native => {
                says("no method named `map_err`") && says(&format!("`{subject}`"))
            }
            Kind::NotAnException if subject.starts_with("Py") => {
                let label = error.label.as_deref().unwrap_or_default();
                says("mismatched types")
                    && (label.contains("expected `PyAny`")
                        || label.contains(&format!("found `{subject}`")))
            }
            Kind::NoClass => says(&format!("`{subject}` cannot be")),
            Kind::Frozen => says(&format!("`PyRefMut<'_, {subject}>`")),
            // The crate itself is missing for another reason.
            Kind::Name | Kind::Attribute
                if says("cannot find module or crate") && !says("crate `pyo3`") =>
            {
                matches!(subject.as_str(), "pyfunction" | "pyclass" | "pymodule")
            }
            // Python's receiver is none to the macro either.
            Kind::Receiver | Kind::ClassReceiver => says("unexpected receiver"),
            Kind::NoSubclass => {
                says("cannot be converted to a Python object")
                    && error.notes.iter().any(|note| {
                        note.text.contains("PyClassInit<") && note.text.contains(subject)
                    })
            }
            _ => false,
        }
    }
}

/// One way of speaking.
type ErrorMatcher = fn(&CompilerError, &Sources<'_>) -> Option<Meaning>;

/// The meaning of an error, where it is known.
pub(super) fn of(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    [
        edition::READINGS,
        gated::READINGS,
        module::READINGS,
        native::READINGS,
        renamed::READINGS,
        class::READINGS,
        options::READINGS,
        object::READINGS,
        argument::READINGS,
        exception::READINGS,
        threads::READINGS,
        method::READINGS,
        name::READINGS,
    ]
    .into_iter()
    .flatten()
    .find_map(|reading| reading(error, sources))
}

fn between<'text>(text: &'text str, before: &str, after: &str) -> Option<&'text str> {
    let (_, rest) = text.split_once(before)?;
    let (found, _) = rest.split_once(after)?;
    (!found.is_empty()).then_some(found)
}

/// Whether this is the plain name of a type that the learner may have written: attributes cannot be put above others.
fn is_own(name: &str) -> bool {
    const OF_THE_LIBRARY: [&str; 4] = ["String", "Self", "Python", "PyErr"];
    name.starts_with(char::is_uppercase)
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !OF_THE_LIBRARY.contains(&name)
        && name.len() > 1
}

/// The names of types in a text that the learner may have written.
fn own_names(text: &str) -> impl Iterator<Item = &str> {
    super::sources::words(text).filter(|word| is_own(word))
}

/// The text of the line that an error is in.
fn line_of(error: &CompilerError) -> &str {
    error.place.as_ref().map_or("", |(_, line)| line.as_str())
}
