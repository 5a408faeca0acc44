//! The name of a new crate, and its entry in the exercises' workspace.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use course::{Course, ExerciseId};
use toml::Table;
use toml_edit::{DocumentMut, Value};

use crate::{AuthorError, Places};

/// Names that a Python module or a crate can't have, or that would shadow something everybody uses.
const TAKEN: [&str; 12] = [
    "core", "std", "alloc", "test", "tests", "sample", "pytest", "pyo3", "crate", "self", "super",
    "sys",
];

/// A crate or module name that nothing else in the course has.
pub(super) fn package_name(course: &Course, id: &ExerciseId) -> Result<String, AuthorError> {
    let title = id.name().title();
    let is_plain = title.starts_with(|c: char| c.is_ascii_lowercase())
        && title
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !is_plain {
        return Err(AuthorError::Refused {
            message: format!("`{title}` can't be a module name"),
            help: "use lowercase letters, digits and `_`, starting with a letter".to_owned(),
        });
    }
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|&name| name.to_owned()).collect();
    for exercise in course.exercises() {
        for (file, table) in [("Cargo.toml", "package"), ("pyproject.toml", "project")] {
            let text = fs::read_to_string(exercise.dir().join(file)).unwrap_or_default();
            let table = text
                .parse::<Table>()
                .ok()
                .and_then(|all| all.get(table)?.get("name")?.as_str().map(str::to_owned));
            taken.extend(table);
        }
    }
    let chapter: String = id
        .chapter()
        .title()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    let mut candidates = [title.to_owned(), format!("{chapter}_{title}")]
        .into_iter()
        .chain((2..).map(|number| format!("{title}_{number}")));
    candidates
        .find(|name| !taken.contains(name) && name.starts_with(|c: char| c.is_ascii_lowercase()))
        .ok_or_else(|| AuthorError::Refused {
            message: format!("every name like `{title}` is taken"),
            help: "choose another name".to_owned(),
        })
}

/// How the exercises' crates are organised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Workspace {
    /// One workspace, with its manifest next to the chapters.
    There,
    /// There are no crates yet, so a workspace can be created.
    ToBeMade,
    /// Each crate is a separate workspace.
    None,
}

impl Workspace {
    pub(super) fn of(course: &Course, places: &Places) -> Self {
        if places.exercises().join("Cargo.toml").is_file() {
            return Self::There;
        }
        let has_crate = |dir: &std::path::Path| dir.join("Cargo.toml").is_file();
        if course.exercises().iter().any(|one| has_crate(one.dir())) {
            Self::None
        } else {
            Self::ToBeMade
        }
    }

    /// Adds an exercise to an explicit list of members; returns the manifest if it changed.
    pub(super) fn add(
        self,
        places: &Places,
        id: &ExerciseId,
    ) -> Result<Option<PathBuf>, AuthorError> {
        let file = places.exercises().join("Cargo.toml");
        if self != Self::There {
            return Ok(None);
        }
        let text = fs::read_to_string(&file).map_err(AuthorError::file(&file))?;
        let Ok(mut document) = text.parse::<DocumentMut>() else {
            return Ok(None);
        };
        let Some(members) = document
            .get_mut("workspace")
            .and_then(|one| one.get_mut("members"))
            .and_then(toml_edit::Item::as_array_mut)
        else {
            return Ok(None);
        };
        let is_pattern = |one: &Value| {
            one.as_str()
                .is_some_and(|text| text.contains(['*', '?', '[']))
        };
        if members.iter().any(is_pattern) {
            return Ok(None);
        }
        members.push(id.to_string());
        fs::write(&file, document.to_string()).map_err(AuthorError::file(&file))?;
        Ok(Some(file))
    }
}
