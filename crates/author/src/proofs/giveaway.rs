//! Nothing in the starter gives the solution away.

use std::collections::BTreeMap;
use std::path::PathBuf;

use diagnostic::SourceLocation;

use crate::bench::{self, Files};
use crate::subject::Subject;
use crate::{AuthorError, Defect, Outcome, Proof, files, giveaways};

pub(crate) fn check(subject: &Subject<'_>) -> Result<Outcome, AuthorError> {
    let (places, id) = (subject.places, subject.exercise.id());
    if !places.solution(id).is_dir() {
        return Ok(Outcome::not_applicable("there is no solution"));
    }
    let starter = texts(bench::starter(places, id)?);
    let solution = texts(bench::solution(places, id)?);
    let defects = giveaways(&starter, &solution)
        .into_iter()
        .map(|found| {
            let file = subject.exercise.dir().join(&found.file);
            Defect::at(
                Proof::Giveaway,
                SourceLocation::line(places.shown(&file), found.line),
                found.what,
                "remove it from the starter; anything the learner has to know can go in a hint",
            )
        })
        .collect();
    Ok(Outcome::of(defects, ""))
}

/// What a learner reads as code: not tests, not configuration.
fn texts(files: Files) -> BTreeMap<PathBuf, String> {
    files
        .into_iter()
        .filter(|(place, _)| {
            let is_code = place
                .extension()
                .is_some_and(|end| end == "rs" || end == "py");
            is_code && !files::is_test(place)
        })
        .filter_map(|(place, bytes)| Some((place, String::from_utf8(bytes).ok()?)))
        .collect()
}
