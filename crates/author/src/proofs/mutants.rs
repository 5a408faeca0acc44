//! The tests notice when the solution does something different: its mutants are killed, or the author says why one
//! needn't be.

mod accepted;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use course::ExerciseId;
use diagnostic::SourceLocation;
use engine::{Memory, Status};

use crate::bench::Job;
use crate::context::ProofContext;
use crate::{AuthorError, Defect, Mutant, Outcome, Proof, Report, files, mutants};
use accepted::Accepted;

/// A mutant still running by now will never finish: the solutions take only a moment.
const LIMIT: Duration = Duration::from_secs(10);

/// A mutant and the file that it changes.
struct Candidate {
    exercise: ExerciseId,
    file: PathBuf,
    mutant: Mutant,
}

/// The results for an exercise's mutants.
#[derive(Default)]
struct Tally {
    killed: usize,
    not_viable: usize,
    left_out: usize,
    survivors: Vec<(PathBuf, Mutant)>,
}

pub(crate) fn prove(context: &ProofContext<'_>, report: &mut Report) -> Result<(), AuthorError> {
    let mut candidates = Vec::new();
    let mut jobs = Vec::new();
    let mut tallies: BTreeMap<ExerciseId, Tally> = BTreeMap::new();
    for id in context.solved_exercises(Proof::Mutants, report) {
        let solved = context.bench.solved(&id)?;
        let all = of_exercise(context, &id)?;
        if all.is_empty() {
            let none =
                Outcome::not_applicable("the learner writes no Rust code that can be mutated");
            report.record(&id, Proof::Mutants, none);
            continue;
        }
        let tally = tallies.entry(id.clone()).or_default();
        tally.left_out = all.len().saturating_sub(context.selection.mutants);
        for (file, mutant) in all.into_iter().take(context.selection.mutants) {
            let mut files = solved.clone();
            let text = String::from_utf8_lossy(&files[&file]).into_owned();
            files.insert(file.clone(), mutant.apply(&text).into_bytes());
            jobs.push(Job {
                exercise: id.clone(),
                state: "mutant".to_owned(),
                files,
                takes_tests_as_they_are: true,
                limit: Some(LIMIT),
            });
            candidates.push(Candidate {
                exercise: id.clone(),
                file,
                mutant,
            });
        }
    }
    context.begin(Proof::Mutants, jobs.len());
    context
        .bench
        .judge(&jobs, Memory::Ignored, &mut |index, verdict| {
            let candidate = &candidates[index];
            context.step(format!("{}: {}", candidate.exercise, candidate.mutant.name));
            let tally = tallies.entry(candidate.exercise.clone()).or_default();
            match verdict.status {
                Status::Solved => tally
                    .survivors
                    .push((candidate.file.clone(), candidate.mutant.clone())),
                // Code that doesn't compile says nothing about the tests.
                Status::DoesNotCompile => tally.not_viable += 1,
                _ => tally.killed += 1,
            }
        })?;
    for (id, tally) in tallies {
        let outcome = outcome(context, &id, &tally)?;
        report.record(&id, Proof::Mutants, outcome);
    }
    Ok(())
}

/// The mutants of a solution, in the order in which to try them.
fn of_exercise(
    context: &ProofContext<'_>,
    id: &ExerciseId,
) -> Result<Vec<(PathBuf, Mutant)>, AuthorError> {
    let starter = context.bench.starter(id)?;
    let solved = context.bench.solved(id)?;
    let mut all = Vec::new();
    for (file, bytes) in &solved {
        let is_rust = file.extension().is_some_and(|end| end == "rs");
        if !is_rust || files::is_test(file) || starter.get(file) == Some(bytes) {
            continue;
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let given = starter
            .get(file)
            .map(|bytes| text(bytes))
            .unwrap_or_default();
        let of_file = mutants(&given, &text(bytes));
        all.extend(of_file.into_iter().map(|mutant| (file.clone(), mutant)));
    }
    all.sort_by_key(|(_, mutant)| mutant.rank);
    Ok(all)
}

fn outcome(
    context: &ProofContext<'_>,
    id: &ExerciseId,
    tally: &Tally,
) -> Result<Outcome, AuthorError> {
    let file = context.places.survivors(id);
    let shown = context.places.shown(&file);
    let accepted = match Accepted::load(&file)? {
        Ok(accepted) => accepted,
        Err(cause) => {
            return Ok(Outcome::of(
                vec![Defect::new(
                    Proof::Mutants,
                    shown,
                    cause,
                    "it must hold [[survivor]] tables, each with `mutant` and `reason`",
                )],
                "",
            ));
        }
    };
    let mut defects = Vec::new();
    let mut count = 0;
    for (place, mutant) in &tally.survivors {
        if accepted.reason(&mutant.name).is_some() {
            count += 1;
            continue;
        }
        let at = context
            .places
            .shown(&context.places.solution(id).join(place));
        defects.push(Defect::at(
            Proof::Mutants,
            SourceLocation::line(at, mutant.line),
            format!("no test notices that {}", mutant.name),
            format!(
                "add a test or a test input that notices; if it makes no difference to a learner, say so in {shown}:\n\
                 [[survivor]]\nmutant = {}\nreason = \"…\"",
                quoted(&mutant.name)
            ),
        ));
    }
    // Nothing is known about the mutants that were left out.
    if tally.left_out == 0 {
        for name in accepted.names() {
            let survives = tally.survivors.iter().any(|(_, one)| one.name == name);
            if !survives {
                defects.push(Defect::new(
                    Proof::Mutants,
                    shown.clone(),
                    format!("there is no surviving mutant named {}", quoted(name)),
                    "remove the table",
                ));
            }
        }
    }
    let mut detail = format!("{} killed", tally.killed);
    for (number, what) in [
        (count, "accepted"),
        (tally.not_viable, "not viable"),
        (tally.left_out, "left out"),
    ] {
        if number > 0 {
            detail.push_str(&format!(", {number} {what}"));
        }
    }
    Ok(Outcome::of(defects, detail))
}

/// A string as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
