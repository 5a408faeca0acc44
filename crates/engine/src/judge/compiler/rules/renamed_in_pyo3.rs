//! PyO3 has this under another name in the version that the project uses.
//!
//! PyO3 renames things, and removes the old names a few versions later: `Python::with_gil` is `Python::attach` since 0.26, `downcast` is `cast`. Code
//! and advice for one version then meets the other. The version is the one in `Cargo.lock`.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0599]: no method named `allow_threads` found for struct `pyo3::Python<'py>` in the current scope
//!  --> src/lib.rs:3:27
//! ```
//!
//! ## What to do
//!
//! Use the name in the help. If several names are missing, the code was written for an older PyO3, and its migration guide lists what changed from
//! version to version.
//!
//! ## Where it is specified
//!
//! PyO3's [migration guide](https://pyo3.rs/latest/migration.html).

use diagnostic::Rule;

use super::super::pyo3_names::is_python_type;
use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::words;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0709",
        "renamed-in-pyo3",
        include_str!("renamed_in_pyo3.rs"),
    ),
    explain,
);

/// A name before and after a minor version of PyO3.
struct Renamed {
    before: &'static str,
    now: &'static str,
    /// The first minor version with the new name.
    since: u32,
    /// The first minor version without the old name.
    gone: u32,
}

const fn renamed(before: &'static str, now: &'static str, since: u32, gone: u32) -> Renamed {
    Renamed {
        before,
        now,
        since,
        gone,
    }
}

/// From PyO3's changelog and its migration guide.
const RENAMED: &[Renamed] = &[
    renamed("acquire_gil", "attach", 26, 19),
    renamed("acquire_gil", "with_gil", 10, 19),
    renamed("allow_threads", "detach", 26, 28),
    renamed("assume_gil_acquired", "assume_attached", 26, 28),
    renamed("downcast", "cast", 26, 29),
    renamed("downcast_bound", "cast_bound", 26, 29),
    renamed("downcast_exact", "cast_exact", 26, 29),
    renamed("downcast_into", "cast_into", 26, 29),
    renamed("downcast_into_exact", "cast_into_exact", 26, 29),
    renamed("downcast_into_unchecked", "cast_into_unchecked", 26, 29),
    renamed("downcast_unchecked", "cast_unchecked", 26, 29),
    renamed("prepare_freethreaded_python", "Python::initialize", 26, 28),
    renamed("with_gil", "attach", 26, 28),
    renamed("with_gil_unchecked", "attach_unchecked", 26, 28),
    renamed("DowncastError", "CastError", 27, 29),
    renamed("DowncastIntoError", "CastIntoError", 27, 29),
    renamed("GILOnceCell", "PyOnceLock", 26, 28),
    renamed("PyCell", "Bound", 21, 23),
    renamed("PyDowncastError", "CastError", 27, 23),
    renamed("PyObject", "Py<PyAny>", 10, 28),
    renamed("IntoPy", "IntoPyObject", 23, 25),
    renamed("ToPyObject", "IntoPyObject", 23, 25),
    renamed("import_exception_bound", "import_exception", 10, 29),
];

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let name = missed(error)?;
    without_suffix(name, error).or_else(|| other_name(name, error, sources))
}

/// A name that isn't found, where the other name is the one that this PyO3 has.
fn other_name(name: &str, error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let minor = sources.pyo3_minor();
    let is_old = RENAMED.iter().find(|one| {
        let is_gone = minor >= one.gone || is_of_pyo3(error);
        one.before == name && minor >= one.since && is_gone
    });
    if let Some(one) = is_old {
        let advice = format!(
            "`{name}` is called `{}` in this PyO3{}",
            one.now,
            import(one.now)
        );
        return Some(Advice::new(name, advice).about_older_code());
    }
    // Code for a later version than the one in use.
    let last = |name: &'static str| name.rsplit("::").next().unwrap_or(name);
    let later = RENAMED
        .iter()
        .find(|one| last(one.now) == name && minor < one.since && minor < one.gone)?;
    Some(Advice::new(
        name,
        format!(
            "`{name}` came with PyO3 0.{}; in the PyO3 0.{minor} that this project uses it is called `{}`",
            later.since, later.before
        ),
    ))
}

/// `PyDict::new_bound`, `py.import_bound`, `into_py_dict_bound`: names from the time when PyO3 had both APIs.
fn without_suffix(name: &str, error: &CompilerError) -> Option<Advice> {
    const NEITHER_HAS: [&str; 3] = ["downcast_bound", "cast_bound", "extract_bound"];
    let now = name.strip_suffix("_bound")?;
    (is_of_pyo3(error) && !NEITHER_HAS.contains(&name)).then(|| {
        Advice::new(
            name,
            format!("since PyO3 0.23 it is `{now}` again, without `_bound`"),
        )
        .about_older_code()
    })
}

/// The line that brings a new name in, if it isn't in the prelude.
fn import(name: &str) -> &'static str {
    match name {
        "PyOnceLock" => ", with `use pyo3::sync::PyOnceLock;`",
        "CastError" => ", with `use pyo3::CastError;`",
        "CastIntoError" => ", with `use pyo3::CastIntoError;`",
        _ => "",
    }
}

/// The name that the compiler misses.
pub(super) fn missed(error: &CompilerError) -> Option<&str> {
    let message = error.message.as_str();
    for (before, after) in [
        ("no method named `", "` found for"),
        ("no function or associated item named `", "` found for"),
        ("no associated function or constant named `", "` found for"),
        ("cannot find type `", "` in "),
        ("cannot find trait `", "` in "),
        ("cannot find function `", "` in "),
        ("cannot find macro `", "` in "),
        ("use of undeclared type `", "`"),
        ("struct `", "` is private"),
        ("unresolved import `", "`"),
    ] {
        if message.starts_with(before)
            && let Some(found) = between(message, before, after)
        {
            return found.rsplit("::").next();
        }
    }
    // One message may list several names of a `use` line.
    let several = message.strip_prefix("unresolved imports `")?;
    let names = several.trim_end_matches('`').split("`, `");
    names
        .filter_map(|path| path.rsplit("::").next())
        .find(|name| RENAMED.iter().any(|one| one.before == *name))
}

/// Whether an error is about something of PyO3's.
fn is_of_pyo3(error: &CompilerError) -> bool {
    const PYO3S: [&str; 4] = ["pyo3::", "Bound<", "Py<", "Python<"];
    let is_in = |text: &str| {
        PYO3S.iter().any(|part| text.contains(part)) || words(text).any(is_python_type)
    };
    is_in(&error.message) || error.label.as_deref().is_some_and(is_in)
}
