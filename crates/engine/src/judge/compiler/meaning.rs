//! What errors of the compiler mean where PyO3 is used, and what to do about them.
//!
//! PyO3 asks things of the learner's types by traits of its own, so the compiler speaks of those traits. Each function
//! below recognises one way of speaking, and answers in terms of attributes and types that a learner writes. The words are
//! those of rustc 1.85 and later with PyO3 0.30; `crates/wr/tests/command_line/verdicts/compiling.rs` lets the real ones speak.

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
    NotAnObject,
    Borrowed,
    NotOwned,
    Default,
    Argument,
    NotAnException,
    NotForThreads,
    Tuple,
    Exception,
}

impl Meaning {
    fn new(kind: Kind, subject: &str, advice: impl Into<String>) -> Self {
        Self {
            kind,
            subject: subject.to_owned(),
            advice: advice.into(),
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
            Kind::NoClass => says(&format!("`{subject}` cannot be")),
            Kind::Frozen => says(&format!("`PyRefMut<'_, {subject}>`")),
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

/// The meaning of an error, where it is known.
pub(super) fn of(error: &CompilerError) -> Option<Meaning> {
    const MEANINGS: [fn(&CompilerError) -> Option<Meaning>; 13] = [
        frozen,
        needs_interpreter,
        no_class,
        no_subclass,
        not_an_object,
        borrowed,
        not_owned,
        default,
        argument,
        not_an_exception,
        not_for_threads,
        tuple,
        exception,
    ];
    MEANINGS.iter().find_map(|meaning| meaning(error))
}

/// What rustc itself, or the author of a trait, advises: the first note with something to write or to know in it.
pub(super) fn own_advice(error: &CompilerError) -> Option<String> {
    const SAYS_NOTHING: [&str; 13] = [
        "required ",
        "the trait ",
        "the following other types",
        "this error originates",
        "expected ",
        "found ",
        "items from traits",
        "within ",
        "all types which implement",
        "consider ",
        "`#[warn(",
        "the method ",
        "there is a method",
    ];
    let is_telling = |text: &str| {
        !SAYS_NOTHING.iter().any(|words| text.starts_with(words))
            && !text.ends_with(" defined here")
    };
    error
        .notes
        .iter()
        .find_map(|note| {
            let proposal = note.proposal.as_deref()?;
            if proposal.starts_with("use ") {
                return Some(format!("write `{proposal}` beside the other `use` lines"));
            }
            let is_short = !proposal.contains('\n') && is_telling(&note.text);
            is_short.then(|| format!("{}: `{proposal}`", note.text))
        })
        .or_else(|| {
            let mut told = error.notes.iter().map(|note| &note.text);
            told.find(|text| is_telling(text) && !text.contains('\n'))
                .cloned()
        })
}

/// `get()` on a class that is not frozen, or something that changes one that is.
fn frozen(error: &CompilerError) -> Option<Meaning> {
    let class = between(&error.message, "`<", " as PyClass>::Frozen == ")?;
    if error.message.ends_with("True`") {
        return Some(Meaning::new(
            Kind::NotFrozen,
            class,
            format!(
                "`get()` is for a class that never changes: use `borrow()`, or write `#[pyclass(frozen)]` above `{class}`"
            ),
        ));
    }
    Some(Meaning::new(
        Kind::Frozen,
        class,
        format!(
            "a frozen class lends no `&mut self`: take `&self` and keep what changes in an atomic or a `Mutex`, or take `frozen` away from `{class}`"
        ),
    ))
}

/// Something of the interpreter's in a closure that runs without it.
fn needs_interpreter(error: &CompilerError) -> Option<Meaning> {
    error.message.strip_prefix("`*mut pyo3::Python<")?;
    let holder = error
        .notes
        .iter()
        .find_map(|note| between(&note.text, "within `", "`, the trait"))
        .map_or("a value".to_owned(), |name| {
            format!("a `{}`", name.replace("pyo3::", ""))
        });
    Some(Meaning::new(
        Kind::NeedsInterpreter,
        &holder,
        format!(
            "{holder} is used in code that runs without the interpreter, or in another thread: take what is needed out of it before, or pass a `Py`"
        ),
    ))
}

/// `#[pymethods]`, or a use as a class, without `#[pyclass]`.
fn no_class(error: &CompilerError) -> Option<Meaning> {
    let class = between(
        &error.message,
        "the trait bound `",
        ": PyClass` is not satisfied",
    )?;
    Some(Meaning::new(
        Kind::NoClass,
        class,
        format!("write `#[pyclass]` above the definition of `{class}`"),
    ))
}

/// `extends` of a class that allows none.
fn no_subclass(error: &CompilerError) -> Option<Meaning> {
    let class = between(&error.message, "pyclass `", "` cannot be subclassed")?;
    Some(Meaning::new(
        Kind::NoSubclass,
        class,
        format!("`{class}` must allow it: `#[pyclass(subclass)]`"),
    ))
}

/// A type that Python knows nothing of is given back.
fn not_an_object(error: &CompilerError) -> Option<Meaning> {
    let name = between(
        &error.message,
        "`",
        "` cannot be converted to a Python object",
    )?;
    is_own(name).then(|| {
        Meaning::new(
            Kind::NotAnObject,
            name,
            format!(
                "`#[pyclass]` above `{name}` makes it a class, `#[derive(IntoPyObject)]` a dict that Python gets"
            ),
        )
    })
}

/// Something borrowed in a collection: its elements are gone from Python's list by the time they are looked at.
fn borrowed(error: &CompilerError) -> Option<Meaning> {
    if error.message == "implementation of `FromPyObject` is not general enough" {
        let of = error
            .notes
            .iter()
            .find_map(|note| between(&note.text, "for the type `", "`"))
            .unwrap_or("&str");
        let owned = if of == "&str" {
            "String"
        } else {
            "what owns it"
        };
        return Some(Meaning::new(
            Kind::Borrowed,
            of,
            format!(
                "a `{of}` cannot be borrowed out of a collection: take `{owned}`, as in `Vec<String>`"
            ),
        ));
    }
    let class = between(&error.message, "the trait bound `", ": FromPyObject")?
        .trim_start_matches("for<'a> ")
        .strip_prefix('&')?;
    is_own(class).then(|| {
        Meaning::new(
            Kind::Borrowed,
            class,
            format!("in a collection the object has to be held: `PyRef<'_, {class}>` in the place of `&{class}`"),
        )
    })
}

/// An object of a class is to be taken out of Python by value.
fn not_owned(error: &CompilerError) -> Option<Meaning> {
    let (name, rest) = error
        .message
        .strip_prefix("the trait bound `")?
        .trim_start_matches("for<'a> ")
        .split_once(": ")?;
    let is_conversion = rest
        .trim_start_matches("pyo3::")
        .starts_with("FromPyObject");
    (is_conversion && is_own(name)).then(|| {
        Meaning::new(
            Kind::NotOwned,
            name,
            format!(
                "an object of a class stays in Python: take `PyRef<'_, {name}>` to read it or `Py<{name}>` to keep it; a plain struct wants `#[derive(FromPyObject)]`"
            ),
        )
    })
}

/// A default in a signature that its parameter cannot have. PyO3's macro puts a `?` where the learner wrote none.
fn default(error: &CompilerError) -> Option<Meaning> {
    let is_unit = error.message == "`()` cannot be used as a Python function argument";
    let is_mismatch = error.message == "`?` operator has incompatible types";
    let (_, line) = error.place.as_ref()?;
    if !(is_unit || is_mismatch) || line.contains('?') {
        return None;
    }
    Some(Meaning::new(
        Kind::Default,
        "",
        "the default in `#[pyo3(signature = …)]` does not fit its parameter: write a value of the parameter's type; for `None` the parameter is an `Option`",
    ))
}

/// A parameter of a type that nothing of Python's becomes.
fn argument(error: &CompilerError) -> Option<Meaning> {
    let name = between(
        &error.message,
        "`",
        "` cannot be used as a Python function argument",
    )?;
    let advice = match name.strip_prefix('&') {
        Some(own) if is_own(own) => format!(
            "write `#[pyclass]` above `{own}`; or `#[derive(FromPyObject)]`, and take `{own}` by value"
        ),
        Some(value) => format!("take it by value: `{value}`"),
        None if is_own(name) => format!(
            "`#[derive(FromPyObject)]` above `{name}` reads it from attributes; for a class write `#[pyclass]`, and take `&{name}`"
        ),
        None => return None,
    };
    Some(Meaning::new(Kind::Argument, name, advice))
}

/// An error that is no exception.
fn not_an_exception(error: &CompilerError) -> Option<Meaning> {
    let is_question = error.message == "`?` couldn't convert the error to `PyErr`";
    let from = between(
        &error.message,
        "the trait bound `PyErr: From<",
        ">` is not satisfied",
    )
    .or_else(|| {
        let label = error.label.as_deref().filter(|_| is_question)?;
        between(label, "the trait `From<", ">` is not implemented")
    })?;
    Some(Meaning::new(
        Kind::NotAnException,
        from,
        format!(
            "a `{from}` has to become an exception: `.map_err(|error| PyValueError::new_err(…))`, or `impl From<{from}> for PyErr` where the type is yours"
        ),
    ))
}

/// A class that holds what only one thread may use.
fn not_for_threads(error: &CompilerError) -> Option<Meaning> {
    let (name, _) = error
        .message
        .strip_prefix('`')?
        .split_once("` cannot be sent between threads safely")
        .or_else(|| {
            error
                .message
                .strip_prefix('`')?
                .split_once("` cannot be shared between threads safely")
        })?;
    let is_class = |text: &str| text.contains("assert_pyclass_send_sync");
    error.notes.iter().any(|note| is_class(&note.text)).then(|| {
        Meaning::new(
            Kind::NotForThreads,
            name,
            "Python may use an object from any thread: `Arc` in the place of `Rc`, `Mutex` in the place of `RefCell` or `Cell`; or else `#[pyclass(unsendable)]`",
        )
    })
}

/// A call with one argument that is no tuple.
fn tuple(error: &CompilerError) -> Option<Meaning> {
    let name = between(
        &error.message,
        "`",
        "` cannot used as a Python `call` argument",
    )
    .or_else(|| {
        between(
            &error.message,
            "`",
            "` cannot be used as a Python `call` argument",
        )
    })?;
    Some(Meaning::new(
        Kind::Tuple,
        name,
        "the arguments of a call are a tuple, also when there is one: `(value,)`",
    ))
}

/// An exception type that was not imported. rustc proposes no path, since PyO3 makes these types by a macro.
fn exception(error: &CompilerError) -> Option<Meaning> {
    let name = between(&error.message, "cannot find type `", "`")
        .or_else(|| between(&error.message, "use of undeclared type `", "`"))?;
    let kind = name.strip_prefix("Py")?;
    let is_exception = kind.ends_with("Error")
        || kind.ends_with("Warning")
        || [
            "Exception",
            "BaseException",
            "StopIteration",
            "KeyboardInterrupt",
        ]
        .contains(&kind);
    is_exception.then(|| {
        Meaning::new(
            Kind::Exception,
            name,
            format!("write `use pyo3::exceptions::{name};` beside the other `use` lines"),
        )
    })
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
