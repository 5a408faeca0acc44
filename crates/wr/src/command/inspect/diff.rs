//! `wr inspect --diff OLD NEW`: what differs between two binaries, two wheels, or two releases.

use std::process::ExitCode;

use anatomy::compare::{self, Compared};
use anatomy::wheel::Hashes;

use super::{FOUND, UNREADABLE, look_at};
use crate::cli::{self, Global};
use crate::error::CommandError;
use crate::inspect::{Job, Report, Selection, Target, What};
use crate::render;

pub(super) fn run(
    inspect: &cli::Inspect,
    selection: &Selection,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let [old, new] = inspect.targets.as_slice() else {
        return Err(
            CommandError::new(format!(
                "--diff compares two targets, an old one and a new one, but {} were named",
                inspect.targets.len()
            ))
            .help("use `wr inspect --diff OLD NEW`, where both are binaries, wheels, or directories of wheels"),
        );
    };
    let hashes = if inspect.check {
        Hashes::OfAll
    } else {
        Hashes::OfTexts
    };
    let (old_targets, new_targets) = (Target::resolve(old), Target::resolve(new));
    let count: usize = old_targets.iter().map(|target| target.jobs.len()).sum();
    let all: Vec<&Job> = old_targets
        .iter()
        .chain(&new_targets)
        .flat_map(|target| &target.jobs)
        .collect();
    let mut old_reports = Vec::new();
    let mut new_reports = Vec::new();
    let mut troubles = Vec::new();
    for (at, (report, met)) in look_at(&all, hashes, global)?.into_iter().enumerate() {
        let reports = if at < count {
            &mut old_reports
        } else {
            &mut new_reports
        };
        reports.extend(report.map(|mut report| {
            selection.apply(&mut report.diagnostics);
            report
        }));
        troubles.extend(met);
    }
    let targets = old_targets.into_iter().chain(new_targets);
    troubles.extend(targets.flat_map(|target| target.troubles));
    let names = (
        old.to_string_lossy().into_owned(),
        new.to_string_lossy().into_owned(),
    );
    let difference = compare(&old_reports, &new_reports);
    let difference = match difference {
        Some(difference) => difference,
        // Nothing is known about what couldn't be read.
        None if !troubles.is_empty() => {
            render::troubles(&troubles, global);
            return Ok(ExitCode::from(UNREADABLE));
        }
        None => {
            return Err(CommandError::new(format!(
                "`{}` and `{}` can't be compared: {}",
                names.0,
                names.1,
                render::on_a_line(&unlike(&old_reports, &new_reports))
            ))
            .help("name two binaries, two wheels, or two directories of wheels"));
        }
    };
    let is_worse = difference.is_worse();
    let shown = render::difference(
        &render::Differing {
            old: &names.0,
            new: &names.1,
            difference: &difference,
            troubles: &troubles,
        },
        global,
    );
    Ok(if shown.is_err() || !troubles.is_empty() {
        ExitCode::from(UNREADABLE)
    } else if inspect.check && is_worse {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    })
}

/// Compares two lists of reports; nothing if they aren't of the same kind.
fn compare(old: &[Report], new: &[Report]) -> Option<render::Difference> {
    if let ([old], [new]) = (old, new) {
        match (&old.what, &new.what) {
            (What::Binary(facts), What::Binary(others)) => {
                return Some(render::Difference::Binary(compare::compare_binaries(
                    (&old.target, facts, &old.diagnostics),
                    (&new.target, others, &new.diagnostics),
                )));
            }
            (What::Wheel(_), What::Wheel(_)) => {
                return Some(render::Difference::Wheel(compare::compare_wheels(
                    compared(old)?,
                    compared(new)?,
                )));
            }
            _ => return None,
        }
    }
    let old_wheels: Vec<Compared<'_>> = old.iter().filter_map(compared).collect();
    let new_wheels: Vec<Compared<'_>> = new.iter().filter_map(compared).collect();
    if old_wheels.is_empty() || new_wheels.is_empty() {
        return None;
    }
    Some(render::Difference::Release {
        old: render::Side::of(&old_wheels),
        new: render::Side::of(&new_wheels),
        difference: compare::compare_releases(&old_wheels, &new_wheels),
    })
}

fn compared(report: &Report) -> Option<Compared<'_>> {
    let What::Wheel(facts) = &report.what else {
        return None;
    };
    Some(Compared {
        file: file_name(&report.target),
        size: report
            .path
            .as_ref()
            .and_then(|path| std::fs::metadata(path).ok())
            .map(|metadata| metadata.len()),
        facts,
        diagnostics: &report.diagnostics,
    })
}

/// The name of a file without its directories.
pub(super) fn file_name(target: &str) -> &str {
    target.rsplit(['/', '\\']).next().unwrap_or(target)
}

/// Why two lists of reports can't be compared.
fn unlike(old: &[Report], new: &[Report]) -> String {
    let kind = |reports: &[Report]| match reports {
        [] => "nothing that can be compared".to_owned(),
        [one] => match &one.what {
            What::Binary(_) => "a binary".to_owned(),
            What::Wheel(_) => "a wheel".to_owned(),
            What::Project(_) => "a project".to_owned(),
            What::Installed(_) => "something installed".to_owned(),
        },
        many if many.iter().any(|one| matches!(one.what, What::Wheel(_))) => {
            "several wheels".to_owned()
        }
        many => format!("{} files, none of them a wheel", many.len()),
    };
    format!("one is {}, the other {}", kind(old), kind(new))
}
