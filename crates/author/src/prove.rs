//! Runs the proofs, quick ones first.

use std::collections::BTreeSet;
use std::path::PathBuf;

use course::{Course, Exercise, ExerciseId};
use engine::{Cancel, Event, Settings, System};

use crate::bench::Bench;
use crate::conventions::Conventions;
use crate::proofs::{
    clean, copied, files, giveaway, load, manifests, mutants, names, protected, solution, starter,
    strays, wrong,
};
use crate::{AuthorError, Outcome, Places, Proof, Report};

/// What the proofs work with.
pub struct ProofConfig<'m> {
    /// The machine.
    pub system: &'m dyn System,
    /// The settings for all verdicts.
    pub settings: Settings,
    /// Where copies of this course and their builds are kept.
    pub workshop: PathBuf,
    /// A directory outside any repository, for this course only; it is removed at the end.
    pub outside: PathBuf,
    /// Where the solutions are, if they are whole exercises from another revision.
    pub revision: Option<PathBuf>,
    /// How many exercises to judge at a time, and how many threads make up the load.
    pub jobs: usize,
    /// Cancels the work.
    pub cancel: &'m Cancel,
    /// Receives progress events.
    pub tell: &'m (dyn Fn(ProofEvent) + Sync),
}

/// A progress event.
#[derive(Debug, Clone, PartialEq)]
pub enum ProofEvent {
    /// A proof starts.
    Begun {
        /// Which one.
        proof: Proof,
        /// How many steps it has.
        count: usize,
    },
    /// One more step of the proof is done.
    Step {
        /// What the step was about.
        about: String,
    },
    /// Something happened on the way to a verdict.
    Engine(Event),
}

/// What to prove.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The exercises.
    pub exercises: Vec<ExerciseId>,
    /// The proofs.
    pub proofs: BTreeSet<Proof>,
    /// How many times a solution must pass under load.
    pub times: usize,
    /// The most mutants to try for one solution.
    pub mutants: usize,
}

/// What the file proofs look at.
pub(crate) struct Subject<'s> {
    pub(crate) course: &'s Course,
    pub(crate) places: &'s Places,
    pub(crate) conventions: Conventions,
    pub(crate) exercise: &'s Exercise,
}

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
    let is_wanted = |proof| selection.proofs.contains(&proof);
    if !Proof::ALL[5..].iter().any(|proof| is_wanted(*proof)) {
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
        if is_wanted(proof) {
            prove(&context, &mut report)?;
        }
    }
    Ok(report)
}

/// What the long proofs work with.
pub(crate) struct ProofContext<'h> {
    pub(crate) config: &'h ProofConfig<'h>,
    pub(crate) course: &'h Course,
    pub(crate) places: &'h Places,
    pub(crate) conventions: Conventions,
    pub(crate) bench: Bench<'h>,
    pub(crate) selection: &'h Selection,
}

impl ProofContext<'_> {
    /// Reports that a proof starts.
    pub(crate) fn begin(&self, proof: Proof, count: usize) {
        (self.config.tell)(ProofEvent::Begun { proof, count });
    }

    /// Reports that a step is done.
    pub(crate) fn step(&self, about: impl Into<String>) {
        (self.config.tell)(ProofEvent::Step {
            about: about.into(),
        });
    }

    /// The selected exercises that have a solution; for the others, the report notes that there is nothing to prove.
    pub(crate) fn solved_exercises(&self, proof: Proof, report: &mut Report) -> Vec<ExerciseId> {
        let (there, missing): (Vec<_>, Vec<_>) = self
            .selection
            .exercises
            .iter()
            .cloned()
            .partition(|id| self.places.solution(id).is_dir());
        for id in missing {
            report.record(&id, proof, Outcome::not_applicable("there is no solution"));
        }
        there
    }
}
