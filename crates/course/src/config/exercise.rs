//! The configuration of one exercise, including what the root adds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::expectation::Expectation;
use super::extras::Extras;
use super::limits::Limits;
use super::read;
use super::root::RootConfig;
use super::source::{Source, TomlError};
use super::value::{self, Table};
use super::verification::{self, Verification, VerificationCommand};
use crate::{CourseError, Digest, RecordedName};

/// The full configuration of an exercise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExerciseConfig {
    /// How it is verified.
    pub verification: Verification,
    /// Hints in Markdown, each more helpful than the last.
    pub hints: Vec<String>,
    /// The time limit, if one is set.
    pub time_limit: Option<Duration>,
    /// The time limit for each build, if one is set.
    pub build_time_limit: Option<Duration>,
    /// The memory limit in bytes, if one is set.
    pub memory_limit: Option<u64>,
    /// How many processes the tests may have at once.
    pub process_limit: Option<u32>,
    /// How large a file the tests may write, in bytes.
    pub file_limit: Option<u64>,
    /// Whether the root skips the build before the tests.
    pub skips_build: bool,
    /// The exercise's former names, so that its progress follows it.
    pub formerly: Vec<RecordedName>,
    /// Whether to check the Python tools even though the exercise needs none.
    pub check_tools: bool,
    /// How the starter should fail.
    pub expect: Option<Expectation>,
    /// The files that must not change, by path relative to the exercise's folder.
    pub protected: BTreeMap<PathBuf, Digest>,
}

impl ExerciseConfig {
    /// Reads `file`, which may be absent, and combines it with the root's settings.
    pub(crate) fn load(file: &Path, name: &str, root: &RootConfig) -> Result<Self, CourseError> {
        match read(file)? {
            Some(bytes) => Ok(Self::parse(file, &bytes, name, root)?),
            None => Ok(Self::of_root(name, root)),
        }
    }

    /// The settings of an exercise without a file of its own.
    fn of_root(name: &str, root: &RootConfig) -> Self {
        let extras = root.exercises.get(name).cloned().unwrap_or_default();
        Self {
            verification: chosen(root.verification.clone(), root),
            time_limit: root.limits.time,
            build_time_limit: root.limits.build_time,
            memory_limit: root.limits.memory,
            process_limit: root.limits.processes,
            file_limit: root.limits.file,
            skips_build: root.skip_build,
            hints: extras.hints.unwrap_or_default(),
            expect: extras.expect,
            protected: extras.protected.unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Parses the contents of `file`. Keys that belong in the root are ignored, like unknown ones.
    fn parse(file: &Path, bytes: &[u8], name: &str, root: &RootConfig) -> Result<Self, TomlError> {
        let source = Source::new(file, bytes)?;
        let document = value::parse(source)?;
        let table = Table::outermost(source, &document);
        let limits = Limits::read(&table)?.or(root.limits);
        let extras = Extras::read(&table)?;
        let extras = match root.exercises.get(name) {
            Some(of_root) => extras.or(of_root),
            None => extras,
        };
        Ok(Self {
            // Published courses rely on this: a file without the key means the default, not the root's list.
            verification: chosen(verification::read(&table)?, root),
            skips_build: root.skip_build,
            hints: extras.hints.unwrap_or_default(),
            time_limit: limits.time,
            build_time_limit: limits.build_time,
            memory_limit: limits.memory,
            process_limit: limits.processes,
            file_limit: limits.file,
            formerly: formerly(&table)?,
            check_tools: match table.get("check_tools") {
                Some(check) => check.boolean()?,
                None => false,
            },
            expect: extras.expect,
            protected: extras.protected.unwrap_or_default(),
        })
    }
}

fn chosen(commands: Option<Vec<VerificationCommand>>, root: &RootConfig) -> Verification {
    match commands {
        Some(commands) => Verification::Commands {
            commands,
            build_first: !root.skip_build,
        },
        None => Verification::Native,
    }
}

fn formerly(table: &Table<'_>) -> Result<Vec<RecordedName>, TomlError> {
    let Some(names) = table.get("formerly") else {
        return Ok(Vec::new());
    };
    let mut former = Vec::new();
    for item in names.items("an array of strings")? {
        let text = item.string()?;
        former.push(RecordedName::parse(text).ok_or_else(|| {
            item.error(format!("`{text}` is not a chapter and an exercise"))
                .help("write both folder names, such as \"01_intro/02_old_name\"")
        })?);
    }
    Ok(former)
}

#[cfg(test)]
#[path = "exercise_tests.rs"]
mod tests;
