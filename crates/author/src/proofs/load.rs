//! The solution passes repeatedly while every processor is busy with other work, which reveals race conditions.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use course::ExerciseId;
use engine::Memory;

use super::solution::jobs;
use crate::context::ProofContext;
use crate::expected::{failed, reasons};
use crate::{AuthorError, Defect, Outcome, Proof, Report};

pub(crate) fn prove(context: &ProofContext<'_>, report: &mut Report) -> Result<(), AuthorError> {
    let jobs = jobs(context, Proof::Load, report)?;
    let times = context.selection.times;
    context.begin(Proof::Load, jobs.len() * times);
    let mut failures: BTreeMap<ExerciseId, Vec<String>> = BTreeMap::new();
    let load = Load::on(context.config.jobs);
    for run in 1..=times {
        // Don't remember verdicts here: a skipped run proves nothing.
        context
            .bench
            .judge(&jobs, Memory::Ignored, &mut |index, verdict| {
                let id = &jobs[index].exercise;
                context.step(format!("run {run} of {id}"));
                if !verdict.is_solved() {
                    let failed: Vec<&str> = failed(&verdict).into_iter().collect();
                    failures.entry(id.clone()).or_default().push(format!(
                        "run {run}: `{}` {}{}",
                        verdict.status.name(),
                        failed.join(", "),
                        reasons(&verdict)
                    ));
                }
            })?;
    }
    drop(load);
    for job in &jobs {
        let failures = failures.remove(&job.exercise).unwrap_or_default();
        let defects = match failures.first() {
            None => Vec::new(),
            Some(first) => vec![Defect::new(
                Proof::Load,
                context
                    .places
                    .shown(&context.places.solution(&job.exercise)),
                format!(
                    "the solution failed in {} of {times} runs under load\n{first}",
                    failures.len()
                ),
                "find what depends on time or order: a sleep, a clock, or one thread assumed to be faster than another",
            )],
        };
        report.record(
            &job.exercise,
            Proof::Load,
            Outcome::of(defects, format!("{times} runs")),
        );
    }
    Ok(())
}

/// Threads that keep the processors busy until this is dropped.
struct Load {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Load {
    fn on(processors: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let threads = (0..processors)
            .map(|seed| {
                let stop = Arc::clone(&stop);
                std::thread::spawn(move || {
                    let mut value = seed;
                    while !stop.load(Ordering::Relaxed) {
                        for _ in 0..10_000 {
                            value = black_box(value.wrapping_mul(31).wrapping_add(7));
                        }
                    }
                })
            })
            .collect();
        Self { stop, threads }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            // A counting thread can't fail.
            let _ = thread.join();
        }
    }
}
