//! `book/captures.toml`: what each output was captured from.

use std::fs;

use serde::Deserialize;

use crate::support::repository;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipes {
    #[serde(rename = "answer")]
    pub answers: Vec<Answer>,
    #[serde(rename = "mistake")]
    pub mistakes: Vec<Mistake>,
    #[serde(rename = "console")]
    pub consoles: Vec<Console>,
    #[serde(rename = "stderr")]
    pub errors: Vec<StandardError>,
}

/// An answer to an exercise, as `wr check` speaks of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub output: String,
    pub exercise: String,
    /// A wrong answer; else it is the starter.
    pub wrong: Option<String>,
    /// Texts that the shown findings hold, one each; else the first finding is shown.
    #[serde(default)]
    pub about: Vec<String>,
}

/// An example with a mistake put in, that the compiler refuses.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    pub output: String,
    pub example: String,
    /// Replacements in its `src/lib.rs`, each of a text that is there once.
    pub edits: Vec<[String; 2]>,
    /// So many lines of what rustc printed are shown, in place of the finding of `wr`.
    pub rustc_lines: Option<usize>,
}

/// Commands in a copy of an exercise's starter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    pub output: String,
    pub exercise: String,
    /// What is run before, and not shown.
    pub first: Option<String>,
    /// What is run and shown.
    pub commands: Vec<String>,
    /// Whether their output alone is shown, without the commands.
    #[serde(default)]
    pub only_output: bool,
}

/// The standard error output of a Python session.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardError {
    pub output: String,
    pub session: String,
}

impl Recipes {
    pub fn read() -> Self {
        let file = repository().join("book").join("captures.toml");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{error}"));
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// The outputs of all recipes.
    pub fn outputs(&self) -> impl Iterator<Item = &str> {
        let answers = self.answers.iter().map(|one| &*one.output);
        let mistakes = self.mistakes.iter().map(|one| &*one.output);
        let consoles = self.consoles.iter().map(|one| &*one.output);
        let errors = self.errors.iter().map(|one| &*one.output);
        answers.chain(mistakes).chain(consoles).chain(errors)
    }
}
