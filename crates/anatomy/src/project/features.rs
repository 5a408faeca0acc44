//! A crate's enabled features, and what they enable in a dependency.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::pyproject::PyprojectManifest;

/// The enabled features: the default ones and those configured for maturin, with everything they imply.
pub(super) struct Features<'t>(BTreeSet<&'t str>);

impl<'t> Features<'t> {
    /// Reads a manifest's `[features]`.
    pub(super) fn on(manifest: &'t Table, pyproject: Option<&'t PyprojectManifest>) -> Self {
        let table = manifest.get("features").and_then(Value::as_table);
        let (mut open, has_default) = pyproject.map_or((Vec::new(), true), |pyproject| {
            let named = pyproject.features.iter().map(String::as_str).collect();
            (named, !pyproject.no_default_features)
        });
        if has_default {
            open.push("default");
        }
        if pyproject.is_some_and(|pyproject| pyproject.all_features) {
            open.extend(
                table
                    .into_iter()
                    .flat_map(|table| table.keys().map(String::as_str)),
            );
        }
        let mut on = BTreeSet::new();
        while let Some(feature) = open.pop() {
            if on.insert(feature) {
                open.extend(leads_to(table, feature));
            }
        }
        Self(on)
    }

    /// The features that they enable in a dependency (cargo book, "Dependency features").
    pub(super) fn of(&self, dependency: &str) -> impl Iterator<Item = &'t str> {
        // maturin's settings may name a dependency's feature directly.
        self.0
            .iter()
            .copied()
            .filter_map(move |feature| part_of(feature, dependency))
    }
}

/// What a feature enables: features, and `dependency/feature`, which is kept unchanged.
fn leads_to<'t>(table: Option<&'t Table>, feature: &str) -> impl Iterator<Item = &'t str> {
    table
        .and_then(|table| table.get(feature))
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// `abi3` from `pyo3/abi3` or `pyo3?/abi3`.
fn part_of<'t>(feature: &'t str, dependency: &str) -> Option<&'t str> {
    let (of, part) = feature.split_once('/')?;
    (of.trim_end_matches('?') == dependency).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pyproject: &str, expect: &[&str]) {
        let manifest: Table =
            "[features]\ndefault = [\"a\"]\na = [\"pyo3/abi3\", \"b\"]\nb = [\"a\", \"py?/x\"]\n\
                               c = [\"pyo3?/abi3-py39\", \"dep:pyo3\"]\n"
                .parse()
                .unwrap();
        let pyproject = PyprojectManifest::parse(&format!("[tool.maturin]\n{pyproject}")).unwrap();
        let features = Features::on(&manifest, Some(&pyproject));
        assert_eq!(features.of("pyo3").collect::<Vec<_>>(), expect);
    }

    #[test]
    fn default_features_are_followed() {
        check("", &["abi3"]);
        check("no-default-features = true", &[]);
    }

    #[test]
    fn features_configured_for_maturin_are_added() {
        check("features = [\"c\"]", &["abi3", "abi3-py39"]);
        check("all-features = true", &["abi3", "abi3-py39"]);
        check(
            "no-default-features = true\nfeatures = [\"pyo3/abi3-py310\"]",
            &["abi3-py310"],
        );
    }
}
