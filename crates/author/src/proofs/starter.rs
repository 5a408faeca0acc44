//! The starter fails the way its configuration says: status, failing tests, finding.

use course::ExerciseId;
use engine::Memory;

use crate::bench::Job;
use crate::context::ProofContext;
use crate::expected::{as_toml, difference};
use crate::{AuthorError, Defect, Outcome, Proof, Report};

pub(crate) fn prove(context: &ProofContext<'_>, report: &mut Report) -> Result<(), AuthorError> {
    let ids: Vec<&ExerciseId> = context.selection.exercises.iter().collect();
    let mut jobs = Vec::new();
    for id in &ids {
        jobs.push(Job {
            exercise: (*id).clone(),
            state: "starter".to_owned(),
            files: context.bench.starter(id)?,
            takes_tests_as_they_are: true,
            limit: None,
        });
    }
    context.begin(Proof::Starter, jobs.len());
    let memory = context.config.settings.memory;
    judge(context, report, &jobs, memory)
}

fn judge(
    context: &ProofContext<'_>,
    report: &mut Report,
    jobs: &[Job],
    memory: Memory,
) -> Result<(), AuthorError> {
    let mut outcomes = Vec::new();
    context.bench.judge(jobs, memory, &mut |index, verdict| {
        context.step(jobs[index].exercise.to_string());
        outcomes.push((index, verdict));
    })?;
    for (index, verdict) in outcomes {
        let id = &jobs[index].exercise;
        let Some(exercise) = context.course.exercise(id) else {
            continue;
        };
        let file = context.places.shown(&course::config_file(exercise.dir()));
        let expected = exercise
            .config(context.course)
            .ok()
            .and_then(|config| config.expect);
        let now = || {
            format!(
                "fix the starter, or write down the current result:\n{}",
                as_toml(&verdict)
            )
        };
        let expects_solved = expected
            .as_ref()
            .is_some_and(|expected| expected.status.as_deref() == Some("solved"));
        let defect = if verdict.is_solved() && !expects_solved {
            Some((
                "the starter is already solved".to_owned(),
                "remove what the learner should write, and mark the place with `todo!()`"
                    .to_owned(),
            ))
        } else {
            match &expected {
                Some(expected) => difference(expected, &verdict).map(|cause| (cause, now())),
                // In that case the files are incomplete, and their own proof reports it.
                None if context.conventions.expectations => Some((
                    "no [expect] says how the starter is meant to fail".to_owned(),
                    now(),
                )),
                None => None,
            }
        };
        let defects = defect
            .map(|(cause, next)| Defect::new(Proof::Starter, file, cause, next))
            .into_iter()
            .collect();
        report.record(
            id,
            Proof::Starter,
            Outcome::of(defects, verdict.status.name()),
        );
    }
    Ok(())
}
