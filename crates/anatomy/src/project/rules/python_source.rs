//! The Python part of a mixed project isn't where the manifest says (`WR0217`).

use diagnostic::Diagnostic;

use super::Project;
use crate::output::building::python_source_missing::RULE;
use crate::project::layout;

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let pyproject = project.facts.pyproject.as_ref()?;
    let name = pyproject.module_name.as_deref();
    let (leaf, _) = project.facts.module_leaf()?;
    let package = match name {
        Some(name) => name.split('.').next()?.to_owned(),
        None => leaf.clone(),
    };
    let packages: Vec<&str> = project
        .texts
        .keys()
        .filter_map(|path| path.strip_suffix("__init__.py"))
        .map(|directory| directory.trim_end_matches('/'))
        .collect();
    let is_there = |directory: &str| {
        project.texts.keys().any(|path| {
            path.strip_prefix(directory)
                .is_some_and(|rest| rest.starts_with('/'))
        })
    };
    // A caller that didn't pass any Python files hasn't looked for them.
    let is_python = |path: &String| {
        path.rsplit_once('.')
            .is_some_and(|(_, ending)| ending == "py")
    };
    if !project.texts.keys().any(is_python) {
        return None;
    }
    let source = pyproject
        .python_source
        .as_deref()
        .map(|source| source.trim_start_matches("./").trim_matches('/'));
    // Without the key a package isn't required, unless the extension is configured to go into one.
    if source.is_none() && name.is_none_or(|name| !name.contains('.')) {
        return None;
    }
    let wanted = match &*layout::python_source(source, pyproject.name.as_deref(), &|path| {
        project.texts.contains_key(path)
    }) {
        "" => package.clone(),
        source => format!("{source}/{package}"),
    };
    if is_there(&wanted) {
        return None;
    }
    let elsewhere = packages.iter().find_map(|one| {
        let above = one.strip_suffix(&package)?;
        (above.is_empty() || above.ends_with('/')).then(|| above.trim_end_matches('/'))
    });
    let neighbour = packages
        .iter()
        .filter_map(|one| one.strip_prefix(source?)?.strip_prefix('/'))
        .find(|one| !one.contains('/'));
    let hint = match (elsewhere, neighbour) {
        (Some(""), _) => "remove `python-source` from `[tool.maturin]` in pyproject.toml: the package is next to the \
               manifest".to_owned(),
        (Some(above), _) => format!(
            "write `python-source = \"{above}\"` under `[tool.maturin]` in pyproject.toml: the package `{package}` is there"
        ),
        // A module without a package may have been meant for the existing package.
        (None, Some(other)) if name.is_some_and(|name| !name.contains('.')) => format!(
            "the package there is `{other}`: write `module-name = \"{other}.{leaf}\"` under `[tool.maturin]` in \
             pyproject.toml"
        ),
        (None, Some(other)) => format!(
            "the package there is called `{other}`: make the names match, with `module-name` under `[tool.maturin]` or by \
             renaming the directory"
        ),
        // Only the key requires a package.
        (None, None) => {
            source?;
            format!(
                "create `{wanted}/__init__.py`, or remove `python-source` from `[tool.maturin]` in pyproject.toml"
            )
        }
    };
    let key = if source.is_some() {
        "python-source"
    } else {
        "module-name"
    };
    Some(
        RULE.finding(format!("there is no Python package at `{wanted}`"))
            .because(project.key("pyproject.toml", "tool.maturin", key))
            .hint(hint),
    )
}
