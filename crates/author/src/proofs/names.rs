//! Folders are named and numbered by the rules of a course: one number, one exercise.

use crate::subject::Subject;
use crate::{AuthorError, Defect, Outcome, Proof};

#[expect(
    clippy::unnecessary_wraps,
    reason = "has the signature of the file proofs, others of which can fail"
)]
pub(crate) fn check(subject: &Subject<'_>) -> Result<Outcome, AuthorError> {
    let id = subject.exercise.id();
    let mut defects = Vec::new();
    let twins = subject.course.exercises().iter().filter(|other| {
        other.id() != id
            && other.id().chapter() == id.chapter()
            && other.id().name().number() == id.name().number()
    });
    for twin in twins {
        defects.push(Defect::new(
            Proof::Names,
            subject.places.shown(subject.exercise.dir()),
            format!("{} has the same number", twin.id().name()),
            format!(
                "give one of them another number: `wr author renumber {id} --to {}`",
                next_free(subject)
            ),
        ));
    }
    let chapter = subject.course.exercises().iter().find(|other| {
        other.id().chapter() != id.chapter()
            && other.id().chapter().number() == id.chapter().number()
    });
    if let Some(other) = chapter {
        defects.push(Defect::new(
            Proof::Names,
            subject.places.shown(subject.exercise.dir()),
            format!(
                "the chapters {} and {} have the same number",
                id.chapter(),
                other.id().chapter()
            ),
            "rename one of the folders, here and in solutions and book/src",
        ));
    }
    Ok(Outcome::of(defects, ""))
}

/// A number that no exercise in the chapter has.
fn next_free(subject: &Subject<'_>) -> usize {
    let chapter = subject.exercise.id().chapter();
    let numbers = subject
        .course
        .exercises()
        .iter()
        .filter(|other| other.id().chapter() == chapter)
        .filter_map(|other| other.id().name().number().to_string().parse::<usize>().ok());
    numbers.max().map_or(1, |last| last + 1)
}
