//! Finds the exercise that a person means by what they typed.

use std::path::Path;

use crate::{Exercise, FolderName, Number, location};

/// Why the input matches no exercise, or more than one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// The course has no such chapter.
    #[error("there is no chapter `{asked}`")]
    NoSuchChapter {
        /// The input.
        asked: String,
        /// The existing chapters.
        there: Vec<String>,
    },
    /// The chapter has no such exercise.
    #[error("there is no exercise `{asked}` in {chapter}")]
    NoSuchExercise {
        /// The chapter.
        chapter: String,
        /// The input.
        asked: String,
        /// The existing exercises.
        there: Vec<String>,
    },
    /// No chapter has an exercise with that name.
    #[error("there is no exercise `{asked}`")]
    NotFound {
        /// The input.
        asked: String,
        /// The existing chapters.
        there: Vec<String>,
    },
    /// More than one chapter or exercise matches.
    #[error("`{asked}` could be any of {}", candidates.join(", "))]
    Ambiguous {
        /// The input.
        asked: String,
        /// The matches.
        candidates: Vec<String>,
    },
}

impl SelectError {
    /// What to do next, in plain words.
    pub fn help(&self) -> Option<String> {
        let list = |names: &[String]| names.join(", ");
        Some(match self {
            Self::NoSuchChapter { there, .. } | Self::NoSuchExercise { there, .. }
                if there.is_empty() =>
            {
                "the course has no exercises yet".to_owned()
            }
            Self::NoSuchChapter { there, .. } => format!("the chapters are {}", list(there)),
            Self::NoSuchExercise { chapter, there, .. } => {
                format!("the exercises of {chapter} are {}", list(there))
            }
            Self::NotFound { there, .. } => format!(
                "name a chapter and an exercise, such as 1/1; the chapters are {}",
                list(there)
            ),
            Self::Ambiguous { .. } => "write the folder's full name".to_owned(),
        })
    }
}

/// Finds a chapter of some exercises from a number or a folder name.
///
/// # Errors
///
/// If there is no such chapter, or more than one.
pub fn select_chapter<'a>(
    exercises: &'a [Exercise],
    asked: &str,
) -> Result<&'a FolderName, SelectError> {
    let chapters = chapters(exercises);
    match matching(&chapters, asked).as_slice() {
        [one] => Ok(one),
        [] => Err(SelectError::NoSuchChapter {
            asked: asked.to_owned(),
            there: shown(&chapters),
        }),
        several => Err(ambiguous(asked, shown(several))),
    }
}

/// Finds the exercise from a chapter and an exercise, each a number or a folder name.
pub(crate) fn select<'a>(
    exercises: &'a [Exercise],
    chapter: &str,
    exercise: &str,
) -> Result<&'a Exercise, SelectError> {
    let chapter = select_chapter(exercises, chapter)?;
    let siblings: Vec<_> = exercises
        .iter()
        .filter(|one| one.id().chapter() == chapter)
        .collect();
    let names: Vec<_> = siblings.iter().map(|one| one.id().name()).collect();
    match matching(&names, exercise).as_slice() {
        [name] => siblings
            .into_iter()
            .find(|one| one.id().name() == *name)
            .ok_or_else(|| not_found(exercises, exercise)),
        [] => Err(SelectError::NoSuchExercise {
            chapter: chapter.to_string(),
            asked: exercise.to_owned(),
            there: shown(&names),
        }),
        several => Err(ambiguous(exercise, shown(several))),
    }
}

/// Finds one of some exercises from a single word, as [`crate::Course::select_path`] does.
///
/// # Errors
///
/// If there is no such exercise, or more than one.
pub fn select_path<'a>(exercises: &'a [Exercise], text: &str) -> Result<&'a Exercise, SelectError> {
    let is_separator = |c: char| c == '/' || std::path::is_separator(c);
    let parts: Vec<_> = text
        .split(is_separator)
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    let answer = match parts.as_slice() {
        [name] => by_name(exercises, name),
        [chapter, exercise] => select(exercises, chapter, exercise),
        _ => Err(not_found(exercises, text)),
    };
    // Anything else may be a path, as shells complete it.
    answer.or_else(|error| {
        let looks_like_path = text.contains(is_separator) || text.starts_with('.');
        let here = looks_like_path.then(|| location::exercise_at(exercises, Path::new(text)));
        here.flatten().ok_or(error)
    })
}

fn by_name<'a>(exercises: &'a [Exercise], name: &str) -> Result<&'a Exercise, SelectError> {
    let named: Vec<_> = exercises
        .iter()
        .filter(|one| one.id().name().as_str() == name)
        .collect();
    match named.as_slice() {
        [one] => Ok(one),
        [] => Err(not_found(exercises, name)),
        several => Err(ambiguous(
            name,
            several.iter().map(|one| one.id().to_string()).collect(),
        )),
    }
}

/// The names that `asked` may stand for. An exact folder name takes precedence over numbers.
fn matching<'a>(names: &[&'a FolderName], asked: &str) -> Vec<&'a FolderName> {
    if let Some(name) = names.iter().find(|name| name.as_str() == asked) {
        return vec![*name];
    }
    match Number::parse(asked) {
        Some(number) => names
            .iter()
            .copied()
            .filter(|name| *name.number() == number)
            .collect(),
        None => Vec::new(),
    }
}

fn chapters(exercises: &[Exercise]) -> Vec<&FolderName> {
    let mut chapters: Vec<_> = exercises.iter().map(|one| one.id().chapter()).collect();
    chapters.dedup();
    chapters
}

fn shown(names: &[&FolderName]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn ambiguous(asked: &str, candidates: Vec<String>) -> SelectError {
    SelectError::Ambiguous {
        asked: asked.to_owned(),
        candidates,
    }
}

fn not_found(exercises: &[Exercise], asked: &str) -> SelectError {
    SelectError::NotFound {
        asked: asked.to_owned(),
        there: shown(&chapters(exercises)),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn course() -> Vec<Exercise> {
        let ids = [
            "01_intro/00_welcome",
            "01_intro/01_setup",
            "01_intro/01_setup-again",
            "02_classes/00_welcome",
            "02_classes/03_größe",
        ];
        ids.iter()
            .map(|id| Exercise::new(id.parse().unwrap(), PathBuf::from("/course").join(id)))
            .collect()
    }

    fn answer(result: Result<&Exercise, SelectError>) -> String {
        match result {
            Ok(exercise) => exercise.id().to_string(),
            Err(error) => format!("{error}; {}", error.help().unwrap_or_default()),
        }
    }

    fn check(chapter: &str, exercise: &str, expect: &str) {
        assert_eq!(answer(select(&course(), chapter, exercise)), expect);
    }

    fn check_path(text: &str, expect: &str) {
        assert_eq!(answer(select_path(&course(), text)), expect);
    }

    #[test]
    fn numbers_and_folder_names() {
        check("1", "0", "01_intro/00_welcome");
        check("001", "00", "01_intro/00_welcome");
        check("01_intro", "01_setup", "01_intro/01_setup");
        check("2", "03_größe", "02_classes/03_größe");
    }

    #[test]
    fn missing_chapters_and_exercises() {
        check(
            "3",
            "1",
            "there is no chapter `3`; the chapters are 01_intro, 02_classes",
        );
        check(
            "2",
            "7",
            "there is no exercise `7` in 02_classes; the exercises of 02_classes are 00_welcome, 03_größe",
        );
        check(
            "",
            "",
            "there is no chapter ``; the chapters are 01_intro, 02_classes",
        );
    }

    #[test]
    fn siblings_that_share_a_number() {
        check(
            "1",
            "1",
            "`1` could be any of 01_setup, 01_setup-again; write the folder's full name",
        );
        check("1", "01_setup-again", "01_intro/01_setup-again");
    }

    #[test]
    fn one_word() {
        check_path("1/0", "01_intro/00_welcome");
        check_path("./01_intro/01_setup/", "01_intro/01_setup");
        check_path("03_größe", "02_classes/03_größe");
        check_path(
            "/course/02_classes/03_größe/src/lib.rs",
            "02_classes/03_größe",
        );
        check_path(
            "00_welcome",
            "`00_welcome` could be any of 01_intro/00_welcome, 02_classes/00_welcome; write the folder's full name",
        );
        check_path(
            "5",
            "there is no exercise `5`; name a chapter and an exercise, such as 1/1; \
             the chapters are 01_intro, 02_classes",
        );
    }

    #[test]
    fn a_course_without_exercises() {
        let error = select(&[], "1", "1").unwrap_err();
        assert_eq!(error.help().unwrap(), "the course has no exercises yet");
    }
}
