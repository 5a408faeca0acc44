//! No `cdylib` in the manifest (`WR0213`).

use diagnostic::{Diagnostic, Severity};

use super::Project;
use crate::output::building::no_cdylib::{HINT, RULE};
use crate::project::PyprojectManifest;
use crate::project::paths::{directory, join};

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    // A crate that just embeds Python, or defines classes for another crate's extension, doesn't need one: only a crate
    // that has an init function or is built by maturin is meant to be imported.
    let facts = project.facts;
    let cargo = facts.cargo.as_ref()?;
    let is_built_by_maturin = facts
        .pyproject
        .as_ref()
        .is_some_and(PyprojectManifest::is_maturin);
    let has_library = project
        .texts
        .contains_key(&join(directory(&cargo.path), &cargo.lib_path));
    if !facts.is_pyo3_extension() || !is_built_by_maturin || !has_library {
        return None;
    }
    if cargo.crate_types.iter().any(|kind| kind == "cdylib") || facts.pymodules.is_empty() {
        return None;
    }
    Some(
        // maturin asks cargo for a `cdylib` on its own; `cargo build` and tools based on it don't.
        RULE.finding(
            "the crate isn't a `cdylib`: `cargo build` doesn't produce anything that Python can import",
        )
        .severity(Severity::Warning)
        .because(project.key(&cargo.path, "lib", "crate-type"))
        .hint(HINT),
    )
}
