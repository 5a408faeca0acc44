//! The solution passes.

use engine::Memory;

use crate::bench::Job;
use crate::context::ProofContext;
use crate::expected::{failed, reasons};
use crate::{AuthorError, Defect, Outcome, Proof, Report};

pub(crate) fn prove(context: &ProofContext<'_>, report: &mut Report) -> Result<(), AuthorError> {
    let jobs = jobs(context, Proof::Solution, report)?;
    context.begin(Proof::Solution, jobs.len());
    let memory: Memory = context.config.settings.memory;
    context.bench.judge(&jobs, memory, &mut |index, verdict| {
        let id = &jobs[index].exercise;
        context.step(id.to_string());
        let defects = if verdict.is_solved() {
            Vec::new()
        } else {
            let failed: Vec<&str> = failed(&verdict).into_iter().collect();
            let which = if failed.is_empty() {
                String::new()
            } else {
                format!("\nfails: {}", failed.join(", "))
            };
            vec![Defect::new(
                Proof::Solution,
                context.places.shown(&context.places.solution(id)),
                format!(
                    "the solution is `{}`{}{which}",
                    verdict.status.name(),
                    reasons(&verdict)
                ),
                if context.places.has_whole_solutions() {
                    "fix it in that revision, or fix the tests here".to_owned()
                } else {
                    format!(
                        "fix the solution or the tests; `wr check --solutions {id}` shows everything"
                    )
                },
            )]
        };
        let detail = format!("{} tests", verdict.tests.len());
        report.record(id, Proof::Solution, Outcome::of(defects, detail));
    })
}

/// The selected exercises, with their solutions.
pub(super) fn jobs(
    context: &ProofContext<'_>,
    proof: Proof,
    report: &mut Report,
) -> Result<Vec<Job>, AuthorError> {
    context
        .solved_exercises(proof, report)
        .into_iter()
        .map(|id| {
            Ok(Job {
                files: context.bench.solved(&id)?,
                exercise: id,
                state: "solution".to_owned(),
                takes_tests_as_they_are: true,
                limit: None,
            })
        })
        .collect()
}
