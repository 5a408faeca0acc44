//! The names in the manifests and sources disagree (`WR0101`).

use diagnostic::{Diagnostic, Evidence, SourceLocation};

use super::Project;
use crate::project::{NamedBy, PyModule};
use crate::rules::init_function_name::RULE;

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let facts = project.facts;
    let cargo = facts.cargo.as_ref()?;
    if !facts.is_pyo3_extension() || !cargo.crate_types.iter().any(|kind| kind == "cdylib") {
        return None;
    }
    // Anyone who builds without either tool renames the file afterwards, unless the caller is that tool and knows the
    // name.
    if !facts.names_decide() && project.expected.expected_module().is_none() {
        return None;
    }
    let (wanted, said_by) = facts.module_leaf()?;
    // If a `cfg` selects one of several modules, or not every source was read, another one may be right.
    let is_certain = facts.is_whole && facts.pymodules.iter().all(|module| !module.is_conditional);
    if !is_certain || facts.pymodules.iter().any(|module| module.name == wanted) {
        return None;
    }
    let module = the_outermost(&facts.pymodules)?;
    let place = SourceLocation::line(&module.file, module.line);
    let (file, section, key) = said_by.place();
    Some(
        RULE.finding(format!(
            "the module is `{wanted}` according to {said_by}, but the `#[pymodule]` is `{}`",
            module.name
        ))
        .because(Evidence::at_text(place, format!("#[pymodule] {}", module.name)))
        .because(project.key(file.unwrap_or(project.manifest()), section, key))
        .hint(format!(
            "rename the `#[pymodule]` to `{wanted}` or write `#[pyo3(name = \"{wanted}\")]` on it; if `{}` is the name \
             you want, {}",
            module.name,
            other_way(said_by, &module.name)
        )),
    )
}

/// How to set the name in the manifests. The project or package doesn't have to be renamed for it.
fn other_way(said_by: NamedBy, name: &str) -> String {
    match said_by {
        NamedBy::Project | NamedBy::Package => {
            format!("write `name = \"{name}\"` under `[lib]` in Cargo.toml")
        }
        NamedBy::ModuleName | NamedBy::Target | NamedBy::Library => format!("change {said_by}"),
    }
}

/// With several modules, it isn't known which one is the extension: the others may be submodules.
fn the_outermost(modules: &[PyModule]) -> Option<&PyModule> {
    match modules {
        [module] => Some(module),
        _ => None,
    }
}
