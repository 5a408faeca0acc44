//! The Python part of a mixed project is not where the manifest says (`WR0217`).

use diagnostic::Diagnostic;

use super::Project;
use crate::output::building::python_source_missing::RULE;

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let pyproject = project.facts.pyproject.as_ref()?;
    let source = pyproject
        .python_source
        .as_deref()?
        .trim_start_matches("./")
        .trim_end_matches('/');
    let (leaf, _) = project.facts.module_leaf()?;
    let package = match pyproject.module_name.as_deref() {
        Some(name) => name.split('.').next()?.to_owned(),
        None => leaf,
    };
    let is_below = |directory: &str| {
        project.texts.keys().any(|path| {
            path.strip_prefix(directory)
                .is_some_and(|rest| rest.starts_with('/'))
        })
    };
    let wanted = format!("{source}/{package}");
    // A caller that gave no Python files at all has not looked there.
    if !is_below(source) || is_below(&wanted) || source.is_empty() {
        return None;
    }
    Some(
        RULE.finding(format!("there is no Python package at `{wanted}`"))
            .because(project.key("pyproject.toml", "tool.maturin", "python-source"))
            .hint(format!(
                "create `{wanted}/__init__.py`, or remove `python-source` from `[tool.maturin]` in pyproject.toml"
            )),
    )
}
