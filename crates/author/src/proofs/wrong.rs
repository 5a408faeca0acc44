//! Each wrong answer is rejected the way its configuration says, by the test that should reject it.

use std::collections::BTreeMap;
use std::time::Duration;

use course::{Exercise, ExerciseId, Expectation};

use crate::bench::Job;
use crate::context::ProofContext;
use crate::expected::{as_toml, difference};
use crate::{AuthorError, Defect, Outcome, Proof, Report};

/// An answer that should hang needn't hang for long.
const HANGING: Duration = Duration::from_secs(4);

/// A wrong answer and its expected verdict.
struct Answer {
    job: Job,
    file: String,
    expected: Option<Expectation>,
}

pub(crate) fn prove(context: &ProofContext<'_>, report: &mut Report) -> Result<(), AuthorError> {
    let mut answers = Vec::new();
    for id in context.solved_exercises(Proof::Wrong, report) {
        let of_exercise = answers_of(context, &id)?;
        if of_exercise.is_empty() {
            let none = Outcome::not_applicable("there are no wrong answers");
            report.record(&id, Proof::Wrong, none);
        }
        answers.extend(of_exercise);
    }
    let jobs: Vec<Job> = answers.iter().map(|one| one.job.clone()).collect();
    context.begin(Proof::Wrong, jobs.len());
    let mut found: BTreeMap<ExerciseId, (usize, Vec<Defect>)> = BTreeMap::new();
    let memory = context.config.settings.memory;
    context.bench.judge(&jobs, memory, &mut |index, verdict| {
        let answer = &answers[index];
        context.step(format!("{} {}", answer.job.exercise, answer.job.state));
        let (count, defects) = found.entry(answer.job.exercise.clone()).or_default();
        *count += 1;
        let defect = |cause: String, next: String| {
            Defect::new(Proof::Wrong, answer.file.clone(), cause, next)
        };
        if verdict.is_solved() {
            defects.push(defect(
                "the wrong answer passes all tests".to_owned(),
                "add a test or a test input that distinguishes it from the solution; if it's right, remove it"
                    .to_owned(),
            ));
            return;
        }
        let cause = match &answer.expected {
            Some(expected) => difference(expected, &verdict),
            None => Some("no [expect] says how this wrong answer is rejected".to_owned()),
        };
        if let Some(cause) = cause {
            let now = format!("fix the answer, or write down the current result:\n{}", as_toml(&verdict));
            defects.push(defect(cause, now));
        }
    })?;
    for (id, (count, defects)) in found {
        let detail = format!("{count} rejected");
        report.record(&id, Proof::Wrong, Outcome::of(defects, detail));
    }
    Ok(())
}

fn answers_of(context: &ProofContext<'_>, id: &ExerciseId) -> Result<Vec<Answer>, AuthorError> {
    context
        .places
        .wrong(id)
        .into_iter()
        .map(|(name, dir)| {
            let file = course::config_file(&dir);
            let expected = Exercise::new(id.clone(), dir.clone())
                .config(context.course)
                .ok()
                .and_then(|config| config.expect);
            let is_to_hang = expected
                .as_ref()
                .is_some_and(|expected| expected.status.as_deref() == Some("timed_out"));
            Ok(Answer {
                job: Job {
                    exercise: id.clone(),
                    state: format!("wrong/{name}"),
                    files: context.bench.answered(id, &dir)?,
                    takes_tests_as_they_are: false,
                    limit: is_to_hang.then_some(HANGING),
                },
                file: context.places.shown(&file),
                expected,
            })
        })
        .collect()
}
