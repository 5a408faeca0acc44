//! The files that belong to the crate: those declared by `mod`, starting with the library's root.

use std::collections::BTreeSet;

use super::cargo::CargoManifest;
use super::paths::{directory, join};
use super::rust_source::{self, Declared, RustFile};
use super::{PyFunction, PyModule, Texts};

/// What a crate's sources declare for Python.
#[derive(Debug, Default)]
pub(super) struct RustSources {
    pub(super) pymodules: Vec<PyModule>,
    pub(super) unreached_pymodules: Vec<PyModule>,
    pub(super) pyfunctions: Vec<PyFunction>,
    pub(super) is_whole: bool,
}

pub(super) fn read(texts: &Texts, cargo: &CargoManifest) -> RustSources {
    let root = join(directory(&cargo.path), &cargo.lib_path);
    let mut sources = RustSources {
        is_whole: texts.contains_key(&root),
        ..RustSources::default()
    };
    let mut reached = BTreeSet::new();
    let mut mentioned = BTreeSet::new();
    let mut open = vec![root.clone()];
    while let Some(path) = open.pop() {
        let Some(text) = texts.get(&path) else {
            sources.is_whole = false;
            continue;
        };
        if !reached.insert(path.clone()) {
            continue;
        }
        let Some(file) = rust_source::read(&path, text) else {
            sources.is_whole = false;
            continue;
        };
        for declared in &file.declares {
            match candidates(&path, &root, declared)
                .into_iter()
                .find(|path| texts.contains_key(path))
            {
                Some(path) => open.push(path),
                None => sources.is_whole = false,
            }
        }
        take(file, &mut sources, &mut mentioned);
    }
    for function in &mut sources.pyfunctions {
        function.is_added |= mentioned.contains(&function.name);
    }
    sources.unreached_pymodules = unreached(texts, &root, &reached);
    sources
}

fn take(file: RustFile, sources: &mut RustSources, mentioned: &mut BTreeSet<String>) {
    sources.is_whole &= !file.has_hidden_parts;
    sources.pymodules.extend(file.pymodules);
    sources.pyfunctions.extend(file.pyfunctions);
    mentioned.extend(file.mentioned);
}

/// Where Rust looks for `mod name;`, according to its reference: next to `lib.rs` and `mod.rs`, and in a directory
/// named after any other file.
fn candidates(path: &str, root: &str, declared: &Declared) -> Vec<String> {
    let here = directory(path);
    if let Some(explicit) = &declared.path {
        return vec![join(here, explicit)];
    }
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let mut below = here.to_owned();
    if path != root && stem != "mod" {
        below = join(&below, stem);
    }
    for module in &declared.inside {
        below = join(&below, module);
    }
    let name = &declared.name;
    vec![
        join(&below, &format!("{name}.rs")),
        join(&below, &format!("{name}/mod.rs")),
    ]
}

/// Modules for Python in undeclared files next to the library's root.
fn unreached(texts: &Texts, root: &str, reached: &BTreeSet<String>) -> Vec<PyModule> {
    let source = directory(root);
    texts
        .iter()
        .filter(|(path, _)| path.strip_suffix(".rs").is_some() && !reached.contains(*path))
        .filter(|(path, _)| !source.is_empty() && path.starts_with(&format!("{source}/")))
        .filter(|(path, _)| {
            !path.ends_with("/main.rs") && !path.starts_with(&format!("{source}/bin/"))
        })
        .filter_map(|(path, text)| rust_source::read(path, text))
        .flat_map(|file| file.pymodules)
        .collect()
}
