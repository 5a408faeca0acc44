//! Which integration tests of a crate `cargo test` runs (cargo book, "Cargo Targets").

use std::collections::BTreeMap;
use std::path::Path;

use crate::manifest::{CargoToml, Feature, Maturin, Pyproject};
use crate::system::{System, SystemExt};

/// The names of their targets, with the features that the project builds with.
pub(super) fn tests(
    system: &dyn System,
    crate_dir: &Path,
    cargo: &CargoToml,
    pyproject: &Pyproject,
) -> Vec<String> {
    let mut found: BTreeMap<String, bool> = BTreeMap::new();
    if cargo.finds_tests() {
        let names = in_directory(system, &crate_dir.join("tests"));
        found.extend(names.into_iter().map(|name| (name, true)));
    }
    for target in cargo.test_targets() {
        let from_path = || Path::new(target.path.as_deref()?).file_stem()?.to_str();
        if let Some(name) = target.name.as_deref().or_else(from_path) {
            let is_run = target.test != Some(false)
                && has_features(&target.required_features, cargo, pyproject);
            found.insert(name.to_owned(), is_run);
        }
    }
    let run = found.into_iter().filter(|(_, is_run)| *is_run);
    run.map(|(name, _)| name).collect()
}

/// `tests/NAME.rs` and `tests/NAME/main.rs`.
fn in_directory(system: &dyn System, dir: &Path) -> Vec<String> {
    let entries = system.list(dir).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| {
            let path = &entry.path;
            let is_test = match path.extension() {
                Some(extension) => extension == "rs" && system.is_file(path),
                None => system.is_file(&path.join("main.rs")),
            };
            let name = path.file_stem()?.to_str()?;
            is_test.then(|| name.to_owned())
        })
        .collect()
}

/// Whether the features that a target requires are on; otherwise cargo leaves it out. Features for certain Python versions
/// count as on.
fn has_features(required: &[String], cargo: &CargoToml, pyproject: &Pyproject) -> bool {
    let default = Maturin::default();
    let options = pyproject.maturin().unwrap_or(&default);
    if options.all_features {
        return true;
    }
    let mut on: Vec<String> = options
        .features
        .iter()
        .map(Feature::name)
        .map(str::to_owned)
        .collect();
    if !options.no_default_features {
        on.push("default".to_owned());
    }
    let on = cargo.features_with(&on);
    required.iter().all(|feature| on.contains(feature))
}
