//! What the root's configuration adds to an exercise. That way an exercise verified by the root's list can have hints
//! and protection: with a file of its own it would be verified the default way.

use std::collections::BTreeMap;
use std::path::PathBuf;

use toml::de::DeValue;

use super::expectation::{self, Expectation};
use super::protected;
use super::source::TomlError;
use super::value::Table;
use crate::Digest;

/// The settings for one exercise, from its own file or from the root's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Extras {
    pub(super) hints: Option<Vec<String>>,
    pub(super) expect: Option<Expectation>,
    pub(super) protected: Option<BTreeMap<PathBuf, Digest>>,
}

impl Extras {
    /// Reads the keys for one exercise.
    pub(super) fn read(table: &Table<'_>) -> Result<Self, TomlError> {
        Ok(Self {
            hints: match table.get("hints") {
                Some(hints) => Some(hints.strings()?),
                None => None,
            },
            expect: expectation::read(table)?,
            protected: match table.get("protected") {
                Some(_) => Some(protected::read(table)?),
                None => None,
            },
        })
    }

    /// These settings, completed by the others where these say nothing.
    pub(super) fn or(self, other: &Self) -> Self {
        Self {
            hints: self.hints.or_else(|| other.hints.clone()),
            expect: self.expect.or_else(|| other.expect.clone()),
            protected: self.protected.or_else(|| other.protected.clone()),
        }
    }
}

/// The root's `exercises` table, by `chapter/exercise`. A key of that name that isn't a table belongs to another tool.
pub(super) fn of_root(table: &Table<'_>) -> Result<BTreeMap<String, Extras>, TomlError> {
    const WANTED: &str = "a table, written [exercises.\"01_chapter/01_exercise\"]";
    let mut all = BTreeMap::new();
    let Some(exercises) = table.get("exercises") else {
        return Ok(all);
    };
    if !matches!(exercises.raw(), DeValue::Table(_)) {
        return Ok(all);
    }
    for (name, _, value) in exercises.table(WANTED)?.entries() {
        all.insert(name.to_owned(), Extras::read(&value.table(WANTED)?)?);
    }
    Ok(all)
}
