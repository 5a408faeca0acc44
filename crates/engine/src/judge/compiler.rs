//! Judges what the compiler said: what is one mistake is told once, and in words that a learner of PyO3 knows.

mod consequence;
mod linking;
mod meaning;
mod own_advice;
mod sources;

use anatomy::project::Texts;
use diagnostic::{Diagnostic, Evidence};

use self::meaning::Meaning;
use self::sources::Sources;
use crate::build::{CompilerError, excerpt};
use crate::rules;

/// How many errors are listed: later ones are often consequences of earlier ones.
const MOST_ERRORS: usize = 5;

/// How many places of one mistake are listed.
const MOST_PLACES: usize = 5;

/// What is told of a build that the compiler refused.
pub(super) struct Told {
    pub(super) findings: Vec<Diagnostic>,
    /// What rustc printed of them, in part.
    pub(super) excerpt: String,
}

/// A mistake, with all errors that it led to.
struct Mistake<'e> {
    meaning: Option<Meaning>,
    errors: Vec<&'e CompilerError>,
}

/// `texts` are the Rust sources of the crate, by the names under which they are shown; they may be missing.
pub(super) fn judge(errors: &[CompilerError], texts: &Texts) -> Told {
    let sources = Sources(texts);
    let mut mistakes: Vec<Mistake<'_>> = Vec::new();
    for error in errors {
        let meaning = meaning::of(error, &sources);
        match mistakes
            .iter_mut()
            .find(|one| one.is_also(error, meaning.as_ref()))
        {
            Some(same) => same.errors.push(error),
            None => mistakes.push(Mistake {
                meaning,
                errors: vec![error],
            }),
        }
    }
    leave_out_consequences(&mut mistakes, &sources);
    mistakes.truncate(MOST_ERRORS);
    let first = mistakes.iter().filter_map(|one| one.errors.first());
    Told {
        excerpt: first.map(|error| excerpt(&error.rendered) + "\n").collect(),
        findings: mistakes.iter().filter_map(Mistake::finding).collect(),
    }
}

/// Leaves out what is there only because of another mistake, as long as one is left.
fn leave_out_consequences(mistakes: &mut Vec<Mistake<'_>>, sources: &Sources<'_>) {
    let meanings: Vec<Meaning> = mistakes
        .iter()
        .filter_map(|one| one.meaning.clone())
        .collect();
    let has_gap = mistakes
        .iter()
        .filter_map(|one| one.errors.first())
        .any(|error| consequence::leaves_a_gap(error));
    let is_cause = |one: &Mistake<'_>| {
        !one.errors.first().is_some_and(|error| {
            meanings.iter().any(|cause| cause.leads_to(error))
                || consequence::says_nothing_itself(error)
                || (has_gap
                    && !consequence::leaves_a_gap(error)
                    && consequence::fills_a_gap(error, sources))
        })
    };
    if mistakes.iter().any(is_cause) {
        mistakes.retain(is_cause);
    }
}

impl Mistake<'_> {
    /// Whether an error is this mistake once more: the same words, or another consequence of the same cause.
    fn is_also(&self, error: &CompilerError, meaning: Option<&Meaning>) -> bool {
        let same_words = self.errors.iter().any(|known| {
            (&known.message, &known.number, &known.label)
                == (&error.message, &error.number, &error.label)
                // What says no more than its number, as "mismatched types" may, is each its own.
                || (known.message == error.message && known.place == error.place)
        });
        same_words || (meaning.is_some() && self.meaning.as_ref() == meaning)
    }

    fn finding(&self) -> Option<Diagnostic> {
        let first = self.errors.first()?;
        if let Some(complaint) = linking::of(first) {
            return Some(rules::compile_error::finding(
                &complaint.message,
                None,
                first.place.clone(),
                complaint.advice,
            ));
        }
        let message = match &first.label {
            // The message of a kind; what is said beneath the place is what was found.
            Some(label) if first.message == "mismatched types" => {
                format!("{}: {label}", first.message)
            }
            _ => first.message.clone(),
        };
        let advice = self
            .meaning
            .as_ref()
            .map(|meaning| meaning.advice().to_owned())
            .or_else(|| own_advice::of(first));
        let mut finding = rules::compile_error::finding(
            &message,
            first.number.as_deref(),
            first.place.clone(),
            advice,
        );
        let mut lines = vec![first.place.as_ref().map(|(place, _)| place.line)];
        let others = self.errors.iter().skip(1);
        for (place, text) in others.filter_map(|error| error.place.clone()) {
            if lines.len() < MOST_PLACES && !lines.contains(&Some(place.line)) {
                lines.push(Some(place.line));
                finding = finding.because(Evidence::at_text(place, text));
            }
        }
        Some(finding)
    }
}

#[cfg(test)]
mod tests;
