//! The distributions that a project's files name for any purpose. If a test is skipped because one of them is
//! missing, that matters.

use std::collections::BTreeMap;
use std::path::Path;

use anatomy::normalized_distribution;
use toml::Value;

use super::module_names::distribution_of;
use super::{files, lock};
use crate::manifest::{self, requirement_name};
use crate::system::{FileKind, System};

/// Distributions by their normalized names, each with the file that names it first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Named(BTreeMap<String, String>);

impl Named {
    /// The distributions that the files in a project's root name.
    pub(crate) fn read(system: &dyn System, root: &Path) -> Self {
        let mut named = Self::default();
        if let Ok(Some(pyproject)) =
            manifest::read::<toml::Table>(system, &root.join("pyproject.toml"))
        {
            named.tables(&pyproject);
        }
        for entry in system.list(root).unwrap_or_default() {
            let name = entry
                .path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let is_list = name.contains("requirements")
                && entry.path.extension().is_some_and(|ending| ending == "txt");
            if entry.kind == FileKind::File && is_list {
                let (mut wanted, mut locked) = (Vec::new(), Vec::new());
                files::read(system, &entry.path, &mut wanted, &mut locked);
                named.add(&wanted, &name);
            }
        }
        for name in lock::NAMES {
            if let Ok(Some(table)) = manifest::read::<toml::Table>(system, &root.join(name)) {
                named.add(&lock::constraints(&table), name);
            }
        }
        named
    }

    fn add(&mut self, requirements: &[String], file: &str) {
        for requirement in requirements {
            self.0
                .entry(requirement_name(requirement))
                .or_insert_with(|| file.to_owned());
        }
    }

    /// Adds all lists of requirements in `pyproject.toml`, whatever their names.
    fn tables(&mut self, pyproject: &toml::Table) {
        let at = |path: &[&str]| -> Option<&Value> {
            let (first, rest) = path.split_first()?;
            rest.iter()
                .try_fold(pyproject.get(*first)?, |value, key| value.get(*key))
        };
        let lists = [
            at(&["project", "dependencies"]),
            at(&["tool", "uv", "dev-dependencies"]),
        ];
        let groups = [
            at(&["project", "optional-dependencies"]),
            at(&["dependency-groups"]),
        ];
        let groups = groups
            .into_iter()
            .flatten()
            .filter_map(Value::as_table)
            .flat_map(toml::Table::values);
        let found: Vec<String> = lists
            .into_iter()
            .flatten()
            .chain(groups)
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        self.add(&found, "pyproject.toml");
        let poetry = at(&["tool", "poetry", "group"]).and_then(Value::as_table);
        let names: Vec<String> = poetry
            .into_iter()
            .flat_map(toml::Table::values)
            .filter_map(|group| group.get("dependencies")?.as_table())
            .flat_map(toml::Table::keys)
            .cloned()
            .collect();
        self.add(&names, "pyproject.toml");
    }

    /// The distribution that provides a module, as far as its name shows, with the file that names it.
    pub(crate) fn of_module(&self, module: &str) -> Option<(&str, &str)> {
        let name = normalized_distribution(module.split('.').next()?);
        let known = [
            normalized_distribution(distribution_of(module)),
            name.clone(),
            format!("py{name}"),
            format!("python-{name}"),
            format!("{name}-python"),
        ];
        known.iter().find_map(|name| {
            let (name, file) = self.0.get_key_value(name)?;
            Some((name.as_str(), file.as_str()))
        })
    }
}
