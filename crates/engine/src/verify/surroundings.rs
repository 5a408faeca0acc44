//! Whether the environment was the one that the project asks for: missing packages, and packages in other versions.

use std::collections::BTreeMap;
use std::str::FromStr;

use diagnostic::Diagnostic;
use pep440_rs::Version;

use super::{Engine, Work};
use crate::environment::Environment;
use crate::manifest::requirement_name;
use crate::requirements::Named;
use crate::rules::not_as_locked::{self, Deviation};
use crate::rules::skipped_for_missing_package;
use crate::subject::EnvironmentPolicy;
use crate::test::{Skip, Suite};

impl Engine<'_> {
    /// Findings about the environment that a project's tests ran in.
    pub(super) fn surroundings(
        &self,
        work: &Work<'_>,
        environment: &Environment,
        suites: &[Suite],
    ) -> Vec<Diagnostic> {
        // A course's author proves its requirements.
        if work.subject.environment != EnvironmentPolicy::OwnFirst {
            return Vec::new();
        }
        let requirements = &work.subject.requirements;
        let lock_file = requirements
            .lock_file
            .as_ref()
            .map(|file| work.subject.shown(file));
        let deviations = lock_file
            .and_then(|file| not_as_locked::finding(&file, &deviations(work, environment)));
        deviations
            .into_iter()
            .chain(self.skipped(work, environment, suites))
            .collect()
    }

    fn skipped(
        &self,
        work: &Work<'_>,
        environment: &Environment,
        suites: &[Suite],
    ) -> Vec<Diagnostic> {
        let skipped: Vec<&Skip> = suites.iter().flat_map(|suite| &suite.skipped).collect();
        if skipped.is_empty() {
            return Vec::new();
        }
        let named = Named::read(self.system, &work.subject.root);
        let is_missing = |name: &str| environment.installed.version(name).is_none();
        let mut by_name: BTreeMap<(&str, &str), Vec<&Skip>> = BTreeMap::new();
        for skip in skipped {
            if let Some(lacking) = lacking(&skip.reason, &named, &is_missing) {
                by_name.entry(lacking).or_default().push(skip);
            }
        }
        by_name
            .into_iter()
            .map(|((name, file), skipped)| {
                skipped_for_missing_package::finding(name, file, &skipped)
            })
            .collect()
    }
}

/// The distribution whose absence made a test be skipped, and the file that lists it.
fn lacking<'n>(
    reason: &str,
    named: &'n Named,
    is_missing: &dyn Fn(&str) -> bool,
) -> Option<(&'n str, &'n str)> {
    // The messages of `importorskip` and of Python.
    let imported = ["could not import '", "No module named '"]
        .iter()
        .find_map(|words| reason.split_once(words)?.1.split('\'').next());
    if let Some(module) = imported {
        return named.of_module(module).filter(|(name, _)| is_missing(name));
    }
    // In the author's own words: `requires pandas`, `numpy not installed`.
    let says_missing = [
        "install",
        "requires",
        "require",
        "need",
        "missing",
        "unavailable",
        "available",
    ]
    .iter()
    .any(|word| reason.contains(word));
    if !says_missing {
        return None;
    }
    reason
        .split(|letter: char| !(letter.is_alphanumeric() || "-_.".contains(letter)))
        .filter(|word| word.len() > 2)
        .find_map(|word| named.of_module(word).filter(|(name, _)| is_missing(name)))
}

/// The test requirements whose installed version isn't in the lock file.
fn deviations(work: &Work<'_>, environment: &Environment) -> Vec<Deviation> {
    let requirements = &work.subject.requirements;
    let mut locked: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for constraint in &requirements.locked {
        if let Some((_, version)) = constraint.split_once("==") {
            let version = version.split(';').next().unwrap_or_default().trim();
            locked
                .entry(requirement_name(constraint))
                .or_default()
                .push(version);
        }
    }
    let mut names: Vec<String> = requirements
        .wanted
        .iter()
        .map(|text| requirement_name(text))
        .chain(["pytest".to_owned()])
        .collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter_map(|name| {
            let installed = environment.installed.version(&name)?;
            let versions = locked.get(&name)?;
            let is_it = |version: &&&str| is_same(version, installed);
            versions.iter().find(is_it).is_none().then(|| Deviation {
                locked: versions.join(" or "),
                installed: installed.to_owned(),
                name,
            })
        })
        .collect()
}

/// Whether two versions are the same, apart from a local part added by an index.
fn is_same(locked: &str, installed: &str) -> bool {
    let public = |text: &str| Version::from_str(text.split('+').next().unwrap_or_default()).ok();
    match (public(locked), public(installed)) {
        (Some(locked), Some(installed)) => locked == installed,
        _ => locked == installed,
    }
}
