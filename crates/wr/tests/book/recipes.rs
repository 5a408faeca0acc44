//! `book/captures.toml`: what each output was captured from.

use std::fs;

use serde::Deserialize;

use crate::selection::Selection;
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

/// An answer to an exercise, as reported by `wr check`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub output: String,
    pub exercise: String,
    /// A wrong answer; if absent, the starter.
    pub wrong: Option<String>,
    /// Strings in the findings to show, one per finding; if empty, the first finding is shown.
    #[serde(default)]
    pub about: Vec<String>,
}

/// An example with an inserted mistake that the compiler refuses.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    pub output: String,
    pub example: String,
    /// Replacements in its `src/lib.rs`, each of a string that occurs once.
    pub edits: Vec<[String; 2]>,
    /// How many lines of rustc's output to show, instead of the finding of `wr`.
    pub rustc_lines: Option<usize>,
}

/// Commands run in a copy of an exercise's starter, or of an example.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    pub output: String,
    /// The exercise; or `example` is given.
    pub exercise: Option<String>,
    pub example: Option<String>,
    /// Commands run first, without showing them.
    pub first: Option<String>,
    /// Commands to run and show.
    pub commands: Vec<String>,
    /// Whether to show only their output, without the commands.
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

    /// The recipes for selected pages.
    pub fn only(mut self, selection: &Selection) -> Self {
        self.answers.retain(|one| selection.contains(&one.output));
        self.mistakes.retain(|one| selection.contains(&one.output));
        self.consoles.retain(|one| selection.contains(&one.output));
        self.errors.retain(|one| selection.contains(&one.output));
        self
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
