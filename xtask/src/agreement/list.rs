//! The list of projects.

use std::fs;

use anyhow::Context;
use serde::Deserialize;

const LIST: &str = "xtask/data/agreement/projects.toml";

/// A project on the list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Project {
    /// Its name on the package index.
    pub(super) name: String,
    pub(super) version: String,
    /// The digest of its source distribution.
    pub(super) sha256: String,
    /// What makes it different from the others.
    pub(super) shape: String,
    /// The arguments of `pip install` that its documentation uses to install the test requirements.
    #[serde(default)]
    pub(super) install: Vec<String>,
    /// The arguments of `uv export` that select the test groups, if the project has a `uv.lock`: the locked versions
    /// are then installed.
    #[serde(default)]
    pub(super) locked: Option<Vec<String>>,
    /// The directory that the tools run in, relative to the root of the source distribution.
    #[serde(default)]
    pub(super) directory: String,
    /// Extra arguments for `maturin develop`.
    #[serde(default)]
    pub(super) develop: Vec<String>,
    /// The arguments of `cargo test`, if the project has Rust tests that its documentation tells people to run.
    #[serde(default)]
    pub(super) cargo: Option<Vec<String>>,
    /// Arguments for pytest on both sides.
    #[serde(default)]
    pub(super) arguments: Vec<String>,
    /// Where `wr` runs the tests.
    #[serde(default)]
    pub(super) environment: Where,
    /// Why `wr` gets the ordinary environment.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "it is for the readers of the list")
    )]
    #[serde(default)]
    pub(super) because: Option<String>,
    /// The reviewed differences.
    #[serde(default)]
    pub(super) known: Vec<Known>,
}

/// The environment that `wr` runs the tests in.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Where {
    /// The one that it creates itself, from the project's test requirements.
    #[default]
    Own,
    /// The one created by the ordinary tools, activated.
    Activated,
}

/// A difference, and why it is right.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    /// The prefix of the test IDs.
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
