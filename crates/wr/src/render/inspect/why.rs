//! Why a binary needs what it needs, as text.

mod glibc;
mod python;
mod size;

use anatomy::facts::{Architecture, CrateVersion, Version};
use anatomy::why::{GlibcFloor, PythonFloor, SizeFacts};
use diagnostic::some;
use serde::Serialize;

use crate::cli::Question;
use crate::render::plain::{name, sentence};
use crate::render::style::{BOLD, DIM, GOOD};
use crate::render::text::{Text, say};

/// How many of a part's sections are named.
const SECTIONS: usize = 4;

/// The column where a line's text starts.
const COLUMN: usize = 4;

/// The answers for one target.
#[derive(Debug, Serialize)]
pub(crate) struct Answered {
    pub(crate) target: String,
    #[serde(rename = "binaries")]
    pub(crate) answers: Vec<Answer>,
}

/// The answer for one binary.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    /// Its path in what it's part of.
    #[serde(rename = "path")]
    pub(crate) part: Option<String>,
    /// The architecture, in a universal file.
    pub(crate) architecture: Option<Architecture>,
    #[serde(flatten)]
    pub(crate) found: Found,
}

/// The result.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Found {
    Glibc(Option<GlibcFloor>),
    Python(Box<PythonFloor>),
    #[serde(untagged)]
    Size {
        size: Box<SizeFacts>,
        /// Crates that left their paths, even if their functions' names are gone.
        traces: Vec<CrateVersion>,
    },
}

pub(crate) fn write(out: &mut Text, question: Question, answered: &[Answered], verbose: bool) {
    for one in answered {
        {
            say!(out, "{BOLD}{}{BOLD:#}", name(&one.target));
            if one.answers.is_empty() {
                say!(
                    out,
                    "\n  it contains no binary that this question applies to"
                );
            }
            let floor = match question {
                Question::Glibc => floor_of_all(one),
                _ => None,
            };
            if let Some(floor) = floor {
                say!(out, "\n  {}", out.wrapped(&floor, 2));
            }
            let shown: Vec<&Answer> = one
                .answers
                .iter()
                .filter(|answer| verbose || question != Question::Glibc || sets_floor(one, answer))
                .collect();
            for answer in &shown {
                self::answer(out, answer, verbose);
            }
            if shown.len() < one.answers.len() {
                let rest = one.answers.len() - shown.len();
                say!(
                    out,
                    "\n  {DIM}{} nothing newer; --verbose shows all{DIM:#}",
                    if rest == 1 {
                        "1 other binary needs".to_owned()
                    } else {
                        format!("{rest} other binaries need")
                    }
                );
            }
            let floors: Vec<&PythonFloor> = one
                .answers
                .iter()
                .filter_map(|answer| match &answer.found {
                    Found::Python(floor) => Some(&**floor),
                    _ => None,
                })
                .collect();
            if !floors.is_empty() {
                say!(out);
                python::conclude(out, &floors);
            }
            say!(out);
        }
    }
}

fn floor(answer: &Answer) -> Option<&Version> {
    match &answer.found {
        Found::Glibc(floor) => floor.as_ref().map(|floor| &floor.floor),
        _ => None,
    }
}

/// Whether a binary is the first one that sets the overall minimum.
fn sets_floor(answered: &Answered, answer: &Answer) -> bool {
    let highest = answered.answers.iter().filter_map(floor).max();
    answered
        .answers
        .iter()
        .find(|one| floor(one) == highest)
        .is_some_and(|first| std::ptr::eq(first, answer))
}

/// Which of several binaries sets the minimum.
fn floor_of_all(answered: &Answered) -> Option<String> {
    if answered.answers.len() < 2 {
        return None;
    }
    let highest = answered.answers.iter().filter_map(floor).max()?;
    let names: Vec<String> = answered
        .answers
        .iter()
        .filter(|answer| floor(answer) == Some(highest))
        .filter_map(|answer| {
            answer
                .part
                .as_deref()
                .map(|part| sentence(part).into_owned())
        })
        .collect();
    Some(format!(
        "As a whole it needs glibc {highest} or newer, because of {}.",
        some(&names, SECTIONS)
    ))
}

fn answer(out: &mut Text, answer: &Answer, verbose: bool) {
    let architecture = answer
        .architecture
        .map_or_else(String::new, |one| format!(" for {one}"));
    if answer.part.is_some() || answer.architecture.is_some() {
        say!(
            out,
            "\n  {BOLD}{}{BOLD:#}{architecture}",
            name(answer.part.as_deref().unwrap_or("the slice"))
        );
    } else {
        say!(out);
    }
    match &answer.found {
        Found::Glibc(None) => say!(out, "  {GOOD}it doesn't need any version of glibc{GOOD:#}"),
        Found::Glibc(Some(floor)) => glibc::write(out, floor, verbose),
        Found::Python(floor) => python::write(out, floor, verbose),
        Found::Size { size, traces } => size::write(out, size, traces, verbose),
    }
}
