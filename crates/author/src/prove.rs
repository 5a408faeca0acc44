//! Runs the proofs, quick ones first.

use std::collections::BTreeSet;

use course::Course;

use crate::bench::Bench;
use crate::config::{ProofConfig, Selection};
use crate::context::ProofContext;
use crate::conventions::Conventions;
use crate::proofs::{
    clean, copied, files, giveaway, load, manifests, mutants, names, protected, solution, starter,
    strays, wrong,
};
use crate::subject::Subject;
use crate::{AuthorError, Outcome, Places, Proof, Report};

/// A proof that only reads files.
type FileProof = fn(&Subject<'_>) -> Result<Outcome, AuthorError>;

/// A proof that builds and runs.
type LongProof = fn(&ProofContext<'_>, &mut Report) -> Result<(), AuthorError>;

/// The proofs that only read files.
const FILE_PROOFS: [(Proof, FileProof); 5] = [
    (Proof::Names, names::check),
    (Proof::Files, files::check),
    (Proof::Manifests, manifests::check),
    (Proof::Protected, protected::check),
    (Proof::Giveaway, giveaway::check),
];

/// Runs the proofs that only read files, over the whole course.
///
/// # Errors
///
/// A file could not be read.
pub fn check_files(course: &Course) -> Result<Report, AuthorError> {
    let proofs: BTreeSet<Proof> = FILE_PROOFS.iter().map(|(proof, _)| *proof).collect();
    let ids = course.exercises().iter().map(|one| one.id().clone());
    let mut report = Report::on(ids);
    let places = Places::of(course);
    run_file_proofs(course, &places, &proofs, &mut report)?;
    report.general = strays::check(course, &places);
    Ok(report)
}

fn run_file_proofs(
    course: &Course,
    places: &Places,
    proofs: &BTreeSet<Proof>,
    report: &mut Report,
) -> Result<(), AuthorError> {
    let conventions = Conventions::of(course, places);
    for row in &mut report.rows {
        let Some(exercise) = course.exercise(&row.exercise) else {
            continue;
        };
        let subject = Subject {
            course,
            places,
            conventions,
            exercise,
        };
        for (proof, check) in FILE_PROOFS {
            if proofs.contains(&proof) {
                row.outcomes.insert(proof, check(&subject)?);
            }
        }
    }
    Ok(())
}

/// Runs the selected proofs.
///
/// # Errors
///
/// [`AuthorError`] if a proof could not be run; defects in the course are in the report.
pub fn prove(
    config: &ProofConfig<'_>,
    course: &Course,
    selection: &Selection,
) -> Result<Report, AuthorError> {
    let places = Places::of(course).with_revision(config.revision.clone());
    let conventions = Conventions::of(course, &places);
    let mut report = Report::on(selection.exercises.iter().cloned());
    run_file_proofs(course, &places, &selection.proofs, &mut report)?;
    if selection.proofs.contains(&Proof::Names)
        && selection.exercises.len() == course.exercises().len()
    {
        report.general = strays::check(course, &Places::of(course));
    }
    let is_selected = |proof| selection.proofs.contains(&proof);
    if !Proof::ALL[5..].iter().any(|proof| is_selected(*proof)) {
        return Ok(report);
    }
    let bench = Bench::set_up(config, course, &places)?;
    let context = ProofContext {
        config,
        course,
        places: &places,
        conventions,
        bench,
        selection,
    };
    let long: [(Proof, LongProof); 7] = [
        (Proof::Starter, starter::prove),
        (Proof::Wrong, wrong::prove),
        (Proof::Solution, solution::prove),
        (Proof::Clean, clean::prove),
        (Proof::Load, load::prove),
        (Proof::Mutants, mutants::prove),
        (Proof::Copied, copied::prove),
    ];
    for (proof, prove) in long {
        if is_selected(proof) {
            prove(&context, &mut report)?;
        }
    }
    Ok(report)
}
