//! Source projects: what manifests and sources say of the extension that will come of them.
//!
//! The caller hands over texts by their paths inside the project; nothing is read here. A text that cannot be parsed is
//! passed over, since cargo and Python say better what is wrong with it, and rules that would need it stay silent.

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

/// Texts by their paths inside the project, with `/` between the parts. What lies above the project, such as the manifest of its
/// Cargo workspace, has `../` at the front.
pub type Texts = BTreeMap<String, String>;

/// Whether a Rust source has a `#[pymodule] mod`.
pub fn has_declarative_module(text: &str) -> bool {
    rust_source::read("", text)
        .is_some_and(|file| file.pymodules.iter().any(|module| module.is_declarative))
}

/// Judges what the metadata of a project lack for a wheel. `is_file` says whether there is a file at a path from the project's
/// root; of `texts`, the manifests matter.
pub fn inspect_metadata(
    texts: &Texts,
    is_file: &dyn Fn(&str) -> bool,
) -> Vec<diagnostic::Diagnostic> {
    rules::judge_metadata(&ProjectFacts::read(texts), texts, is_file)
}

/// Reads a project and judges it. Of `expected`, the interpreter's version and build matter.
pub fn inspect_project(texts: &Texts, expected: &Expectation) -> ProjectInspection {
    let facts = ProjectFacts::read(texts);
    let diagnostics = rules::judge(&facts, texts, expected);
    ProjectInspection { facts, diagnostics }
}
