//! What goes wrong in the function that fills a module.

use super::{ErrorMatcher, Kind, Meaning, between, line_of};
use crate::build::CompilerError;
use crate::judge::compiler::sources::Sources;

pub(super) const READINGS: &[ErrorMatcher] = &[
    class_as_function,
    plain_function,
    without_question,
    without_result,
];

/// `wrap_pyfunction!` around a class.
fn class_as_function(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let class = between(error.label.as_deref()?, "AddClassToModule<", ">`")?;
    let class = class.rsplit("::").next().unwrap_or(class);
    Some(Meaning::new(
        Kind::Export,
        class,
        format!("`{class}` is a class: add it with `m.add_class::<{class}>()?`"),
    ))
}

/// `m.add("f", f)` with a function of Rust's.
fn plain_function(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let said = between(
        &error.message,
        "`",
        "` cannot be converted to a Python object",
    )?;
    let name = said
        .strip_prefix("fn(")
        .and_then(|rest| between(rest, "{", "}"))?;
    let name = name.rsplit("::").next().unwrap_or(name);
    let attribute = if sources.is_for_python(name) {
        String::new()
    } else {
        format!(", with `#[pyfunction]` above `fn {name}`")
    };
    line_of(error).contains(".add(").then(|| {
        Meaning::new(
            Kind::Export,
            name,
            format!(
                "add a function with `m.add_function(wrap_pyfunction!({name}, m)?)?`{attribute}"
            ),
        )
    })
}

/// `wrap_pyfunction!(f, m)` without a question mark.
fn without_question(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let label = error.label.as_deref()?.replace("pyo3::", "");
    let is_it = label.contains("expected `Bound<'_, PyCFunction>`, found `Result<");
    (is_it && line_of(error).contains("wrap_pyfunction!")).then(|| {
        Meaning::new(
            Kind::Export,
            "?",
            "`wrap_pyfunction!(…)` may fail: write `?` behind it, and let the function of the module return `PyResult<()>`",
        )
    })
}

/// A function of a module that returns nothing.
fn without_result(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let label = error.label.as_deref()?;
    let is_it = label.contains("expected `Result<(), PyErr>`, found `()`");
    (is_it && line_of(error).starts_with("#[pymodule")).then(|| {
        Meaning::new(
            Kind::Export,
            "()",
            "the function of a `#[pymodule]` returns `PyResult<()>`: write `-> PyResult<()>`, and `Ok(())` at its end",
        )
    })
}
