//! The solution passes.

use engine::Memory;

use crate::bench::Job;
use crate::expected::{failed, reasons};
use crate::prove::Hall;
use crate::{AuthorError, Defect, Outcome, Proof, Report};

pub(crate) fn prove(hall: &Hall<'_>, report: &mut Report) -> Result<(), AuthorError> {
    let jobs = jobs(hall, Proof::Solution, report)?;
    hall.begin(Proof::Solution, jobs.len());
    let memory: Memory = hall.means.settings.memory;
    hall.bench.judge(&jobs, memory, &mut |index, verdict| {
        let id = &jobs[index].exercise;
        hall.step(id.to_string());
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
                hall.places.shown(&hall.places.solution(id)),
                format!(
                    "the solution is `{}`{}{which}",
                    verdict.status.name(),
                    reasons(&verdict)
                ),
                if hall.places.has_whole_solutions() {
                    "fix it in that revision, or the tests here".to_owned()
                } else {
                    format!(
                        "fix the solution or the tests; `wr check --solutions {id}` shows all of it"
                    )
                },
            )]
        };
        let detail = format!("{} tests", verdict.tests.len());
        report.record(id, Proof::Solution, Outcome::of(defects, detail));
    })
}

/// The selected exercises, solved.
pub(super) fn jobs(
    hall: &Hall<'_>,
    proof: Proof,
    report: &mut Report,
) -> Result<Vec<Job>, AuthorError> {
    hall.solved_exercises(proof, report)
        .into_iter()
        .map(|id| {
            Ok(Job {
                files: hall.bench.solved(&id)?,
                exercise: id,
                state: "solution".to_owned(),
                takes_tests_as_they_are: true,
                limit: None,
            })
        })
        .collect()
}
