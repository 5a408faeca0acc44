//! `wr inspect --release DIR`: which wheel serves which Python on which system.

use std::path::Path;
use std::process::ExitCode;

use anatomy::release::{ReleasedWheel, SourceDistribution, inspect_releases};
use anatomy::wheel::Hashes;

use super::diff::file_name;
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
    let targets = Target::resolve_all(&inspect.targets);
    let jobs: Vec<&Job> = targets
        .iter()
        .flat_map(|target| &target.jobs)
        .filter(|job| matches!(job, Job::Wheel { .. }))
        .collect();
    let sdists = sdists(&inspect.targets);
    let mut reports: Vec<Report> = Vec::new();
    let mut troubles = Vec::new();
    for (report, met) in look_at(&jobs, Hashes::OfTexts, global)? {
        reports.extend(report);
        troubles.extend(met);
    }
    // A directory with only a source distribution has no targets, but is still a release.
    if sdists.is_empty() {
        troubles.extend(targets.into_iter().flat_map(|target| target.troubles));
    }
    let wheels: Vec<ReleasedWheel<'_>> = reports
        .iter()
        .filter_map(|report| match &report.what {
            What::Wheel(facts) => Some(ReleasedWheel {
                file: file_name(&report.target),
                facts,
            }),
            _ => None,
        })
        .collect();
    if wheels.is_empty() && sdists.is_empty() && troubles.is_empty() {
        return Err(CommandError::new("there is neither a wheel nor a source distribution")
            .help("`wr inspect --release dist` needs a directory of wheels, such as the target/wheels of `maturin build`"));
    }
    let mut releases = inspect_releases(&wheels, &sdists);
    for release in &mut releases {
        selection.apply(&mut release.diagnostics);
    }
    let findings: usize = releases
        .iter()
        .map(|release| release.diagnostics.len())
        .sum();
    let shown = render::releases(&releases, &troubles, global);
    Ok(if shown.is_err() || !troubles.is_empty() {
        ExitCode::from(UNREADABLE)
    } else if inspect.check && findings > 0 {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    })
}

/// The source distributions among the targets and in the named directories, recognised by their names.
fn sdists(targets: &[std::ffi::OsString]) -> Vec<SourceDistribution> {
    let mut found = Vec::new();
    for target in targets {
        let path = Path::new(target);
        let mut names = Vec::new();
        if path.is_dir() {
            let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
            names.extend(
                entries
                    .filter(|entry| entry.path().is_file())
                    .map(|entry| entry.file_name().to_string_lossy().into_owned()),
            );
        } else if path.is_file() {
            names.extend(
                path.file_name()
                    .map(|name| name.to_string_lossy().into_owned()),
            );
        }
        names.sort();
        found.extend(
            names
                .iter()
                .filter_map(|name| SourceDistribution::parse(name)),
        );
    }
    found
}
