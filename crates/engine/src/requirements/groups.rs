//! Dependency groups (PEP 735), extras, and uv's predecessor of groups.

use std::collections::BTreeSet;

use anatomy::normalized_distribution;

use super::ci::Ci;
use super::is_for_tests;
use crate::manifest::{Pyproject, requirement_name};

/// The requirements of the project and of its groups and extras for tests.
pub(super) fn of(pyproject: &Pyproject, ci: &Ci) -> Vec<String> {
    let mut reading = Reader::new(pyproject);
    reading.add_all(pyproject.dependencies());
    for name in pyproject.extras().keys() {
        if is_for_tests(name) || ci.names(name) {
            reading.extra(name);
        }
    }
    reading.groups(ci);
    reading.found
}

/// The requirements of the groups in a workspace's root, which apply to its members.
pub(super) fn shared(pyproject: &Pyproject, ci: &Ci) -> Vec<String> {
    let mut reading = Reader::new(pyproject);
    reading.groups(ci);
    reading.found
}

struct Reader<'p> {
    pyproject: &'p Pyproject,
    own: Option<String>,
    /// The groups and extras that were read. They mustn't refer to each other in a cycle, but in a broken manifest they may.
    seen: BTreeSet<(bool, String)>,
    found: Vec<String>,
}

impl<'p> Reader<'p> {
    fn new(pyproject: &'p Pyproject) -> Self {
        Self {
            pyproject,
            own: pyproject.name().map(normalized_distribution),
            seen: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    fn groups(&mut self, ci: &Ci) {
        let pyproject = self.pyproject;
        for name in pyproject.groups().keys() {
            if is_for_tests(name) || pyproject.is_default_group(name) || ci.names(name) {
                self.group(name);
            }
        }
        self.add_all(pyproject.uv_dev_dependencies());
    }

    fn add_all(&mut self, requirements: &[String]) {
        for requirement in requirements {
            self.add(requirement);
        }
    }

    /// Adds a requirement. For the project itself, adds the requirements of the requested extras.
    fn add(&mut self, requirement: &str) {
        if self.own.as_deref() != Some(&*requirement_name(requirement)) {
            self.found.push(requirement.to_owned());
            return;
        }
        for extra in extras_of(requirement) {
            self.extra(&extra);
        }
    }

    fn extra(&mut self, name: &str) {
        let name = normalized_distribution(name);
        if !self.seen.insert((false, name.clone())) {
            return;
        }
        let pyproject = self.pyproject;
        for (key, list) in pyproject.extras() {
            if normalized_distribution(key) == name {
                self.add_all(list);
            }
        }
    }

    /// Adds a group with the groups that it includes.
    fn group(&mut self, name: &str) {
        let name = normalized_distribution(name);
        if !self.seen.insert((true, name.clone())) {
            return;
        }
        let pyproject = self.pyproject;
        let groups = pyproject.groups().iter();
        for entry in groups
            .filter(|(key, _)| normalized_distribution(key) == name)
            .flat_map(|(_, entries)| entries)
        {
            match entry {
                toml::Value::String(requirement) => self.add(requirement),
                toml::Value::Table(table) => {
                    if let Some(included) = table.get("include-group").and_then(toml::Value::as_str)
                    {
                        self.group(included);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The extras of `name[one,two]>=1`.
fn extras_of(requirement: &str) -> Vec<String> {
    let Some((_, rest)) = requirement.split_once('[') else {
        return Vec::new();
    };
    let list = rest.split(']').next().unwrap_or_default();
    list.split(',').map(|one| one.trim().to_owned()).collect()
}
