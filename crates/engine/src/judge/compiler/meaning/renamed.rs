//! Names that PyO3 has under another name in another version: code and advice of one version meet the other.

use super::{ErrorMatcher, Kind, Meaning, between, line_of};
use crate::build::CompilerError;
use crate::judge::compiler::sources::Sources;

pub(super) const READINGS: &[ErrorMatcher] = &[quoted, suffixed, converted, gone];

/// A name before and after a minor version of PyO3.
struct Renamed {
    before: &'static str,
    now: &'static str,
    /// The first minor version that has the new name.
    since: u32,
    /// The first one that has the old name no more, where the old one is known to be gone.
    until: u32,
}

const fn renamed(before: &'static str, now: &'static str, since: u32, until: u32) -> Renamed {
    Renamed {
        before,
        now,
        since,
        until,
    }
}

/// From PyO3's changelog and its migration guide.
const RENAMED: &[Renamed] = &[
    renamed("acquire_gil", "attach", 26, 19),
    renamed("allow_threads", "detach", 26, 29),
    renamed("assume_gil_acquired", "assume_attached", 26, 29),
    renamed("downcast", "cast", 26, 29),
    renamed("downcast_bound", "cast_bound", 26, 29),
    renamed("downcast_exact", "cast_exact", 26, 29),
    renamed("downcast_into", "cast_into", 26, 29),
    renamed("downcast_into_exact", "cast_into_exact", 26, 29),
    renamed("downcast_into_unchecked", "cast_into_unchecked", 26, 29),
    renamed("downcast_unchecked", "cast_unchecked", 26, 29),
    renamed("prepare_freethreaded_python", "Python::initialize", 26, 29),
    renamed("with_gil", "attach", 26, 29),
    renamed("with_gil_unchecked", "attach_unchecked", 26, 29),
    renamed("DowncastError", "CastError", 27, 27),
    renamed("DowncastIntoError", "CastIntoError", 27, 27),
    renamed("GILOnceCell", "PyOnceLock", 26, 29),
    renamed("PyCell", "Bound", 21, 23),
    renamed("PyDowncastError", "CastError", 27, 23),
    renamed("PyObject", "Py<PyAny>", 10, 29),
    renamed("IntoPy", "IntoPyObject", 23, 25),
    renamed("ToPyObject", "IntoPyObject", 23, 25),
    renamed("import_exception_bound", "import_exception", 10, 29),
];

/// A name that is not found, where the other name is the one that this PyO3 has.
fn gone(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let name = missed(error)?;
    let minor = sources.dependencies.pyo3_minor();
    let is_old = RENAMED.iter().find(|one| {
        let is_gone = minor.is_none_or(|minor| minor >= one.since && minor >= one.until)
            // The compiler misses it: what is gone by then is gone.
            || (is_of_pyo3(error) && minor.is_some_and(|minor| minor >= one.since));
        one.before == name && is_gone
    });
    if let Some(one) = is_old {
        return Some(Meaning::new(
            Kind::Renamed,
            name,
            format!(
                "`{name}` is called `{}` in this PyO3{}",
                one.now,
                import(one.now)
            ),
        ));
    }
    // Code of a later version than the one in use.
    let minor = minor?;
    let last = |name: &'static str| name.rsplit("::").next().unwrap_or(name);
    let later = RENAMED
        .iter()
        .find(|one| last(one.now) == name && minor < one.since && minor < one.until)?;
    Some(Meaning::new(
        Kind::Renamed,
        name,
        format!(
            "`{name}` came with PyO3 0.{}; in the PyO3 0.{minor} that this project uses it is called `{}`",
            later.since, later.before
        ),
    ))
}

/// The line that brings a new name in, where it is not in the prelude.
fn import(name: &str) -> &'static str {
    match name {
        "PyOnceLock" => ", with `use pyo3::sync::PyOnceLock;`",
        "CastError" => ", with `use pyo3::CastError;`",
        "CastIntoError" => ", with `use pyo3::CastIntoError;`",
        _ => "",
    }
}

/// `PyDict::new_bound`, `py.import_bound`, `into_py_dict_bound`: names of the time when both APIs were there.
fn suffixed(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    const NEITHER_HAS: [&str; 3] = ["downcast_bound", "cast_bound", "extract_bound"];
    let name = missed(error)?;
    let now = name.strip_suffix("_bound")?;
    let minor = sources.dependencies.pyo3_minor();
    let is_there =
        is_of_pyo3(error) && !NEITHER_HAS.contains(&name) && minor.is_none_or(|minor| minor >= 23);
    is_there.then(|| {
        Meaning::new(
            Kind::Renamed,
            name,
            format!("since PyO3 0.23 it is `{now}` again, without `_bound`"),
        )
    })
}

/// `into_py` and `to_object`, in whose place there is `into_pyobject`.
fn converted(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let name = missed(error).filter(|name| ["into_py", "to_object"].contains(name))?;
    let minor = sources.dependencies.pyo3_minor();
    if minor.is_some_and(|minor| minor < 23) {
        return None;
    }
    let is_bound = error.message.contains("Bound<");
    let advice = if is_bound {
        format!("`{name}` is gone: a `Bound` becomes a `Py<PyAny>` by `.into_any().unbind()`")
    } else {
        format!(
            "`{name}` is gone: write `value.into_pyobject(py)?`, or `value.into_py_any(py)?` for a `Py<PyAny>` (with `use pyo3::IntoPyObjectExt;`)"
        )
    };
    Some(Meaning::new(Kind::Renamed, name, advice))
}

/// `from_py_with = "function"`: since 0.25 the function is named, and not quoted.
fn quoted(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let line = line_of(error);
    let is_refused = error.message.starts_with("expected identifier")
        || error.message.starts_with("expected path")
        || error.message.contains("string literal");
    let (_, rest) = line.split_once("from_py_with").filter(|_| is_refused)?;
    let name = rest.trim_start().strip_prefix('=')?.trim_start();
    let name = name.strip_prefix('"')?.split('"').next()?;
    Some(Meaning::new(
        Kind::Renamed,
        "from_py_with",
        format!("name the function without quotes: `from_py_with = {name}`"),
    ))
}

/// The name that the compiler misses.
fn missed(error: &CompilerError) -> Option<&str> {
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

/// Whether an error speaks of something of PyO3's.
fn is_of_pyo3(error: &CompilerError) -> bool {
    const PYO3S: [&str; 4] = ["pyo3::", "Bound<", "Py<", "Python<"];
    let is_in = |text: &str| {
        PYO3S.iter().any(|part| text.contains(part))
            || super::super::sources::words(text).any(|word| super::name::TYPES.contains(&word))
    };
    is_in(&error.message) || error.label.as_deref().is_some_and(is_in)
}
