//! Errors that exist only because of another one, and disappear with it.

use super::sources::{Sources, TypeOrigin, words};
use crate::build::CompilerError;

/// Whether one of PyO3's macros or the parser refused its input, so that other code misses the definitions in it.
pub(super) fn leaves_a_gap(error: &CompilerError) -> bool {
    error.number.is_none() && !error.message.starts_with("cannot find ")
}

/// Whether an error says only that something else is wrong.
pub(super) fn says_nothing_itself(error: &CompilerError) -> bool {
    // PyO3 tries one way after the other to turn a result into an object, and rustc lists them all.
    let is_choice = error.number.as_deref() == Some("E0034");
    let label = error.label.as_deref().unwrap_or_default();
    is_choice
        && (["EmptyTupleConverter", "IntoPyObjectConverter"]
            .iter()
            .any(|words| error.rendered.contains(words))
            || label.starts_with("multiple `__pymethod_"))
}

/// Whether an error misses code that a failed macro would have written.
pub(super) fn fills_a_gap(error: &CompilerError, sources: &Sources<'_>) -> bool {
    const ABOUT_A_CLASS: [&str; 7] = [
        "PyClass",
        "PyTypeInfo",
        "PyFunctionArgument<",
        // PyO3 before 0.28 calls a method of this name to make an object of the value that `#[new]` returns.
        "no method named `convert` found for ",
        "` cannot be used as ",
        "` cannot be converted to a Python object",
        "Frozen == ",
    ];
    let message = &error.message;
    if message.contains("_PYO3_DEF") || message.contains("__pymethod") {
        return true;
    }
    // The macro of an exported function or class writes a module of the same name.
    if let Some(name) = message
        .strip_prefix("cannot find module or crate `")
        .and_then(|rest| rest.split('`').next())
        && sources.is_for_python(name)
    {
        return true;
    }
    if message.starts_with("cannot find attribute") {
        let around = error
            .place
            .as_ref()
            .and_then(|(place, _)| sources.impl_around(place));
        return around.is_some_and(|(_, is_for_python)| is_for_python);
    }
    ABOUT_A_CLASS.iter().any(|text| message.contains(text))
        && words(message).any(|word| matches!(sources.whose(word), TypeOrigin::Class(_)))
}
