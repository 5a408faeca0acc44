//! Source projects: what manifests and sources say about the extension they will produce.
//!
//! The caller passes in texts by their paths inside the project; nothing is read here. A text that can't be parsed is
//! skipped, because cargo and Python explain better what's wrong with it, and rules that need it don't report anything.

mod attributes;
mod broken;
mod cargo;
mod definition;
mod dependencies;
mod facts;
mod features;
mod function;
pub mod layout;
mod lock;
mod paths;
mod pyo3;
mod pyproject;
pub(crate) mod rules;
mod rust_source;
mod source_tree;
mod workspace;

pub use broken::BrokenManifest;
pub use cargo::CargoManifest;
pub use definition::{Definition, DefinitionKind, find_definition, find_definitions};
pub use dependencies::{Dependencies, Dependency};
pub use facts::{NamedBy, ProjectFacts, ProjectInspection};
pub use function::{Field, Function, find_fields, find_functions};
pub use lock::LockedPackage;
pub use pyo3::Pyo3Dependency;
pub use pyproject::{PyprojectManifest, SetuptoolsRust};
pub use rust_source::{PyFunction, PyModule};

use std::collections::BTreeMap;

use crate::expectation::Expectation;

/// Texts by their paths inside the project, with `/` between the parts. Files above the project, such as its Cargo
/// workspace's manifest, start with `../`.
pub type Texts = BTreeMap<String, String>;

/// Whether a Rust source has a `#[pymodule] mod`.
pub fn has_declarative_module(text: &str) -> bool {
    rust_source::read("", text)
        .is_some_and(|file| file.pymodules.iter().any(|module| module.is_declarative))
}

/// Checks whether a project's metadata is complete enough for a wheel. `is_file` says whether there's a file at a path
/// relative to the project's root; only the manifests in `texts` matter.
pub fn inspect_metadata(
    texts: &Texts,
    is_file: &dyn Fn(&str) -> bool,
) -> Vec<diagnostic::Diagnostic> {
    rules::judge_metadata(&ProjectFacts::read(texts), texts, is_file)
}

/// Reads a project and judges it. Uses the interpreter's version and build from `expected`.
pub fn inspect_project(texts: &Texts, expected: &Expectation) -> ProjectInspection {
    let facts = ProjectFacts::read(texts);
    let diagnostics = rules::judge(&facts, texts, expected);
    ProjectInspection { facts, diagnostics }
}
