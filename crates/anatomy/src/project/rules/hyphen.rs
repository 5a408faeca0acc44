//! A hyphen in the library or module name, found in the manifests (`WR0214`).

use diagnostic::Diagnostic;

use super::Project;
use crate::output::building::hyphen_in_name::RULE;

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let lib = project
        .facts
        .cargo
        .as_ref()
        .filter(|cargo| cargo.lib_name_is_written)
        .and_then(|cargo| cargo.lib_name.as_deref())
        .map(|name| (name, project.manifest(), "lib", "name"));
    let module = project
        .facts
        .pyproject
        .as_ref()
        .and_then(|pyproject| pyproject.module_name.as_deref())
        .map(|name| (name, "pyproject.toml", "tool.maturin", "module-name"));
    let (name, file, section, key) = lib
        .into_iter()
        .chain(module)
        .find(|(name, ..)| name.contains('-'))?;
    Some(
        RULE.finding(format!(
            "the name `{name}` contains a hyphen, which module names can't have"
        ))
        .because(project.key(file, section, key))
        .hint(format!(
            "write `{key} = \"{}\"` under `[{section}]`",
            name.replace('-', "_")
        )),
    )
}
