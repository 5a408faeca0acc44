//! Reads the messages of rustc and PyO3's macros.

use crate::build::CompilerError;

/// The part of a string between two others, unless it's empty.
pub(super) fn between<'text>(text: &'text str, before: &str, after: &str) -> Option<&'text str> {
    let (_, rest) = text.split_once(before)?;
    let (found, _) = rest.split_once(after)?;
    (!found.is_empty()).then_some(found)
}

/// Whether this is the plain name of a type that the crate may define: attributes can't be put above others.
pub(super) fn is_own(name: &str) -> bool {
    const OF_A_LIBRARY: [&str; 4] = ["String", "Self", "Python", "PyErr"];
    name.starts_with(char::is_uppercase)
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !OF_A_LIBRARY.contains(&name)
        && name.len() > 1
}

/// The names in a string of types that the crate may define.
pub(super) fn own_names(text: &str) -> impl Iterator<Item = &str> {
    super::sources::words(text).filter(|word| is_own(word))
}

/// The line of code that an error is about.
pub(super) fn line_of(error: &CompilerError) -> &str {
    error.place.as_ref().map_or("", |(_, line)| line.as_str())
}

/// The type that can't be converted to a Python object.
pub(super) fn unconvertible(error: &CompilerError) -> Option<&str> {
    between(
        &error.message,
        "`",
        "` cannot be converted to a Python object",
    )
}

/// The name that isn't found in a scope.
pub(super) fn missing_in_scope(error: &CompilerError) -> Option<&str> {
    let message = &error.message;
    message
        .strip_prefix("cannot find ")
        .and_then(|rest| rest.split_once(" `")?.1.split_once("` in this scope"))
        .map(|(name, _)| name)
        .or_else(|| between(message, "use of undeclared type `", "`"))
}

/// The method that wasn't found.
pub(super) fn missing_method(error: &CompilerError) -> Option<&str> {
    between(&error.message, "no method named `", "` found for")
}

/// The type that has no such method or field, without PyO3's path. If the message says `T`, the label names the type.
pub(super) fn searched_type(error: &CompilerError) -> Option<String> {
    let message = &error.message;
    let (_, rest) = message
        .split_once(" on type `")
        .or_else(|| message.split_once(" found for ")?.1.split_once('`'))?;
    let (name, _) = rest.split_once('`')?;
    let label = error.label.as_deref().unwrap_or_default();
    let name = between(label, "method not found in `", "`").unwrap_or(name);
    Some(name.replace("pyo3::", ""))
}

/// The smart pointer of a type, and the class of the object.
pub(super) fn pointer_and_class(name: &str) -> Option<(&str, &str)> {
    let name = name.trim_start_matches('&').trim_start_matches("mut ");
    let (pointer, rest) = name.split_once('<')?;
    let class = rest.strip_suffix('>')?.rsplit(", ").next()?;
    ["Bound", "Borrowed", "Py", "PyRef", "PyRefMut"]
        .contains(&pointer)
        .then_some((pointer, class))
}

/// What to write above a type so that you can pass its values to Python.
pub(super) fn class_or_dict(name: &str) -> String {
    format!(
        "write `#[pyclass]` above `{name}` to make it a class, or `#[derive(IntoPyObject)]` to give Python a dict"
    )
}

/// A type without its module paths.
pub(super) fn without_paths(name: &str) -> String {
    const PATHS: [&str; 5] = [
        "std::sync::",
        "std::cell::",
        "std::rc::",
        "std::collections::",
        "pyo3::",
    ];
    PATHS
        .iter()
        .fold(name.to_owned(), |name, path| name.replace(path, ""))
}

/// Whether an error is about what a `static` holds.
pub(super) fn is_in_a_static(error: &CompilerError) -> bool {
    let is_static = |text: &str| text.starts_with("shared static variables");
    error.notes.iter().any(|note| is_static(&note.text))
}

/// The type that a Python object can't be converted to, whether it's an argument or not.
pub(super) fn wanted_from_python(error: &CompilerError) -> Option<String> {
    let name = between(
        &error.message,
        "`",
        "` cannot be used as a Python function argument",
    )
    .or_else(|| {
        // The words for arguments before PyO3 0.27, and those for everything else.
        let (name, wanted) = error
            .message
            .strip_prefix("the trait bound `")?
            .trim_start_matches("for<'a> ")
            .split_once(": ")?;
        let is_conversion = wanted.contains("PyFunctionArgument<")
            || wanted.contains("::ExtractPyClassWithClone")
            || wanted
                .trim_start_matches("pyo3::")
                .starts_with("FromPyObject");
        is_conversion.then_some(name)
    })?;
    Some(name.replace("pyo3::", ""))
}

/// Whether an error only says that a value without a conversion isn't a `Result` either. PyO3's macro before 0.28 treats it as one.
pub(super) fn misses_map_err(name: &str, error: &CompilerError) -> bool {
    let message = &error.message;
    message.contains("no method named `map_err`") && message.contains(name)
}

/// Whether an error only misses the module that an attribute would have written.
pub(super) fn is_missing_attribute(name: &str, error: &CompilerError) -> bool {
    let message = &error.message;
    message.contains("cannot find module or crate")
        && !message.contains("crate `pyo3`")
        && matches!(name, "pyfunction" | "pyclass" | "pymodule")
}
