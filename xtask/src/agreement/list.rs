//! The list of projects.

use std::fs;

use anyhow::Context;
use serde::Deserialize;

const LIST: &str = "xtask/data/agreement/projects.toml";

/// A project of the list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Project {
    /// Its name in the package index.
    pub(super) name: String,
    pub(super) version: String,
    /// The digest of its source distribution.
    pub(super) sha256: String,
    /// What sets it apart from the others.
    pub(super) shape: String,
    /// The arguments of `pip install` by which its own documentation has the requirements of the tests installed.
    #[serde(default)]
    pub(super) install: Vec<String>,
    /// The arguments of `uv export` that name the groups of the tests, where the project has a `uv.lock`: its versions are then
    /// installed.
    #[serde(default)]
    pub(super) locked: Option<Vec<String>>,
    /// The directory in which the tools are started, relative to the root of the source distribution.
    #[serde(default)]
    pub(super) directory: String,
    /// The further arguments of `maturin develop`.
    #[serde(default)]
    pub(super) develop: Vec<String>,
    /// The arguments of `cargo test`, where the project has Rust tests that its own documentation has run.
    #[serde(default)]
    pub(super) cargo: Option<Vec<String>>,
    /// What both ways give pytest.
    #[serde(default)]
    pub(super) arguments: Vec<String>,
    /// Where `wr` runs the tests.
    #[serde(default)]
    pub(super) environment: Where,
    /// Why the ordinary environment is given to `wr`.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "it is for the readers of the list")
    )]
    #[serde(default)]
    pub(super) because: Option<String>,
    /// The differences that were looked at.
    #[serde(default)]
    pub(super) known: Vec<Known>,
}

/// Which environment `wr` runs the tests in.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Where {
    /// The one that it makes itself, from what the project says of its tests.
    #[default]
    Own,
    /// The one that the ordinary way has made, activated.
    Activated,
}

/// A difference, and why it is right.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    /// How the identifiers of the tests begin.
    pub(super) tests: String,
    /// Why the outcomes differ.
    pub(super) cause: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    project: Vec<Project>,
}

pub(super) fn read() -> anyhow::Result<Vec<Project>> {
    let path = crate::tidy::workspace_root()?.join(LIST);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {LIST}"))?;
    let list: List = toml::from_str(&text).with_context(|| LIST.to_owned())?;
    Ok(list.project)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Where, read};

    #[test]
    fn the_list_is_read_and_names_many_projects_once() {
        let projects = read().unwrap();
        let names: BTreeSet<&str> = projects.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names.len(), projects.len());
        assert!(names.len() >= 15, "{}", names.len());
        for project in &projects {
            assert_eq!(project.sha256.len(), 64, "{}", project.name);
            assert!(
                project.locked.is_some() || !project.install.is_empty(),
                "{}: the tests' requirements are named",
                project.name
            );
            assert_eq!(
                project.environment == Where::Activated,
                project.because.is_some(),
                "{}: an activated environment has a reason",
                project.name
            );
        }
    }
}
