//! No `#[pymodule]` is compiled in (`WR0102`).

use diagnostic::{Diagnostic, Evidence, SourceLocation};

use super::Project;
use crate::project::paths::{directory, join};
use crate::rules::init_function_missing::RULE;

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let facts = project.facts;
    let cargo = facts.cargo.as_ref()?;
    let is_extension =
        facts.is_pyo3_extension() && cargo.crate_types.iter().any(|kind| kind == "cdylib");
    if !is_extension || !facts.is_whole || !facts.pymodules.is_empty() || is_made_elsewhere(project)
    {
        return None;
    }
    if let Some(module) = facts.unreached_pymodules.first() {
        let name = module.file.rsplit('/').find(|part| *part != "mod.rs")?;
        let name = name.strip_suffix(".rs").unwrap_or(name);
        return Some(
            RULE.finding(format!(
                "the `#[pymodule]` `{}` is in a file that no `mod` declares, so it isn't compiled in",
                module.name
            ))
            .because(Evidence::at(SourceLocation::line(&module.file, module.line)))
            .hint(format!("write `mod {name};` in `{}`", cargo.lib_path)),
        );
    }
    let root = join(directory(&cargo.path), &cargo.lib_path);
    let leaf = facts
        .module_leaf()
        .map_or_else(|| "fast".to_owned(), |(leaf, _)| leaf);
    Some(
        RULE.finding(
            "the sources have no `#[pymodule]`, so there is no init function for Python to call",
        )
        .because(Evidence::at(SourceLocation::file(root)))
        .hint(format!("add a `#[pymodule]` called `{leaf}`")),
    )
}

/// Whether a macro or a hand-written function may define the init function.
fn is_made_elsewhere(project: &Project<'_>) -> bool {
    let reached_by_name = |text: &String| {
        ["PyInit_", "PyModExport_", "pymodule!", "PyModuleDef"]
            .iter()
            .any(|word| text.contains(word))
    };
    let root = project
        .facts
        .cargo
        .as_ref()
        .map(|cargo| join(directory(&cargo.path), &cargo.lib_path));
    // Without the file there's nothing to judge.
    let Some(root) = root.and_then(|root| project.texts.get(&root)) else {
        return true;
    };
    // Attributes such as `#[cfg_attr(feature = "python", pymodule)]` aren't analysed.
    root.contains("pymodule")
        || project
            .texts
            .iter()
            .filter(|(path, _)| path.strip_suffix(".rs").is_some())
            .any(|(_, text)| {
                reached_by_name(text) || text.contains("cfg_attr") && text.contains("pymodule")
            })
}
