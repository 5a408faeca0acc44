//! `wr inspect`: look inside extensions, wheels, projects and installed packages.

mod diff;
mod release;
mod why;

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use anatomy::wheel::Hashes;
use engine::Cancel;
use rayon::prelude::*;

use crate::cli::{self, Global};
use crate::error::CommandError;
use crate::inspect::{Job, Report, Selection, Surroundings, Target, Trouble};
use crate::progress::Display;
use crate::{interrupt, render, rules};

/// The exit status for a finding with `--check`.
const FOUND: u8 = crate::exit::NOT_SOLVED;

/// The exit status for a target that could not be read, or a result that could not be written.
const UNREADABLE: u8 = 2;

pub(crate) fn run(inspect: &cli::Inspect, global: &Global) -> Result<ExitCode, CommandError> {
    let selection =
        Selection::new(&inspect.select, &inspect.ignore, &rules::all()).map_err(|text| {
            CommandError::new(format!("no finding has a code that begins with `{text}`"))
                .help("`wr explain` lists all codes; WR06 means all codes that start with WR06")
        })?;
    if !inspect.wanted.is_empty() || inspect.environment.is_some() {
        return super::inspect_loads::run(inspect, &selection, global);
    }
    if inspect.diff {
        return diff::run(inspect, &selection, global);
    }
    if inspect.release {
        return release::run(inspect, &selection, global);
    }
    if let Some(question) = inspect.why {
        return why::run(inspect, question, global);
    }
    let targets = Target::resolve_all(&inspect.targets);
    let jobs: Vec<&Job> = targets.iter().flat_map(|target| &target.jobs).collect();
    // People who check wheels before publishing want to know everything; people who just look don't want to wait.
    let hashes = if inspect.check {
        Hashes::OfAll
    } else {
        Hashes::OfTexts
    };
    let looked_at = look_at(&jobs, hashes, global)?;
    let mut looked_at = looked_at.into_iter();
    let mut groups = Vec::new();
    let mut troubles = Vec::new();
    for target in targets {
        let mut reports = Vec::new();
        troubles.extend(target.troubles);
        for (report, met) in looked_at.by_ref().take(target.jobs.len()) {
            reports.extend(report.map(|mut report| {
                selection.apply(&mut report.diagnostics);
                report
            }));
            troubles.extend(met);
        }
        groups.push(render::Group {
            layout: target.layout,
            reports,
        });
    }
    let inspected = render::Inspected {
        groups: &groups,
        troubles: &troubles,
    };
    let shown = render::inspection(&inspected, global);
    Ok(if shown.is_err() || !troubles.is_empty() {
        ExitCode::from(UNREADABLE)
    } else if inspect.check && inspected.findings() > 0 {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    })
}

type LookedAt = (Option<Report>, Vec<Trouble>);

/// Inspects everything, on all processors; the results are in the order of the jobs.
fn look_at(jobs: &[&Job], hashes: Hashes, global: &Global) -> Result<Vec<LookedAt>, CommandError> {
    // Inspecting one binary is faster than starting threads.
    if let [job @ Job::Binary { .. }] = jobs
        && global.python.is_none()
    {
        return Ok(vec![job.run(&Surroundings::none(), hashes)]);
    }
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let cancel = interrupt::install()?;
    // Inspecting leaves nothing behind to clean up, so Ctrl-C needn't wait for the end of a large wheel.
    interrupt::while_waiting(|| look_at_many(jobs, hashes, &cancel, global))
}

fn look_at_many(
    jobs: &[&Job],
    hashes: Hashes,
    cancel: &Cancel,
    global: &Global,
) -> Result<Vec<LookedAt>, CommandError> {
    let display = Display::new(global);
    let is_named = global.python.is_some();
    let around = if jobs.iter().any(|job| job.needs_interpreter(is_named)) {
        display.say("asking the interpreter in use");
        Surroundings::find(global.python.as_deref(), cancel)?
    } else {
        Surroundings::none()
    };
    display.say(match jobs {
        [job] => format!("inspecting {}", job.name()),
        _ => format!("inspecting {} targets", jobs.len()),
    });
    let done = AtomicUsize::new(0);
    let looked_at = jobs
        .par_iter()
        .map(|job| {
            let looked_at = job.run(&around, hashes);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            display.count(format!(
                "{done} of {} inspected: {}",
                jobs.len(),
                job.name()
            ));
            looked_at
        })
        .collect();
    display.finish();
    render::left_aside(&around.left_aside, global);
    Ok(looked_at)
}
