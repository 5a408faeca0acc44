//! Why PyO3 was, or will be, compiled again.
//!
//! The evidence comes from cargo: next to what it builds, cargo stores fingerprints that say when a build is fresh,
//! including the values of the variables that a build script declared. The fingerprints are compared with each
//! other, with the current environment, and with those of the previous look. Cargo isn't called, so nothing is
//! built or made stale. The fingerprint format is internal to cargo and may change; fingerprints that can't be read
//! are skipped.

mod build_history;
mod cargo_env;
mod causes;
mod fingerprint;
mod tool;
mod units;
mod variants;

use std::path::{Path, PathBuf};

use diagnostic::Diagnostic;
use serde::Serialize;

use self::build_history::BuildHistory;
use self::cargo_env::CargoEnv;
use self::units::{Unit, units};
use super::{Machine, SiteKind};

/// A target directory, with the builds of PyO3 in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetReport {
    /// The directory.
    pub dir: PathBuf,
    /// Who builds in it: `wr`, or cargo in this project.
    pub owner: TargetDirOwner,
    /// The builds of PyO3 in it, the newest first.
    pub builds: Vec<SeenBuild>,
    /// Why PyO3 was or will be compiled again; empty if it was compiled once and the next build reuses that.
    pub findings: Vec<Diagnostic>,
}

/// Who builds in a target directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetDirOwner {
    /// `wr` builds in it.
    Wr,
    /// Cargo, maturin and editors build in it.
    Project,
}

/// A build of PyO3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeenBuild {
    /// The directory of the profile, such as `debug`.
    pub profile: String,
    /// How long ago its build script ran, in seconds.
    pub seconds_ago: u64,
    /// The tool that the variables point to.
    pub by: &'static str,
    /// The variables that it depends on and that were set, with their values.
    pub variables: Vec<(String, String)>,
}

/// Examines the target directories here, and remembers their state for the next look.
pub fn why_rebuild(machine: &Machine<'_>) -> Vec<TargetReport> {
    directories(machine)
        .into_iter()
        .map(|(dir, owner)| report(machine, dir, owner))
        .collect()
}

fn report(machine: &Machine<'_>, dir: PathBuf, owner: TargetDirOwner) -> TargetReport {
    let units = units(machine.system, &dir);
    let env = match owner {
        TargetDirOwner::Wr => CargoEnv::of_wr(machine),
        TargetDirOwner::Project => CargoEnv::of_cargo(machine, project_root(machine)),
    };
    let build_history = BuildHistory::load(machine);
    let clock = machine.system.clock();
    let mut findings = Vec::new();
    findings.extend(causes::since_last_look(
        &units,
        &build_history.of(&dir),
        clock,
    ));
    findings.extend(causes::next_build(&units, &env, owner, clock));
    findings.extend(variants::side_by_side(&units, clock));
    build_history.record(machine, &dir, &units);
    TargetReport {
        builds: builds(&units, clock),
        dir,
        owner,
        findings,
    }
}

/// The build scripts that ran, the newest first.
fn builds(units: &[Unit], clock: i128) -> Vec<SeenBuild> {
    let mut runs: Vec<_> = units
        .iter()
        .filter_map(|unit| Some((unit, unit.run()?)))
        .filter(|(unit, _)| unit.package == causes::FFI)
        .collect();
    runs.sort_by_key(|(unit, _)| std::cmp::Reverse(unit.at));
    runs.into_iter()
        .map(|(unit, run)| SeenBuild {
            profile: unit.profile_dir.clone(),
            seconds_ago: unit.seconds_ago(clock),
            by: tool::of(&run.variables),
            variables: run
                .variables
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), value.clone()?)))
                .collect(),
        })
        .collect()
}

/// The directories to examine: `wr`'s, and the project's, which in a course is that of its exercises.
fn directories(machine: &Machine<'_>) -> Vec<(PathBuf, TargetDirOwner)> {
    let own = machine
        .state_dir()
        .map(|dir| (dir.join("target"), TargetDirOwner::Wr));
    let of_project = machine
        .variable("CARGO_TARGET_DIR")
        .map(|dir| machine.here.join(dir))
        .or_else(|| Some(project_root(machine).join("target")));
    own.into_iter()
        .chain(of_project.map(|dir| (dir, TargetDirOwner::Project)))
        .collect()
}

/// Where cargo, called by hand, finds its workspace.
fn project_root<'m>(machine: &'m Machine<'_>) -> &'m Path {
    match &machine.site {
        Some(site) => match &site.kind {
            SiteKind::Course { exercises_dir, .. } => exercises_dir,
            SiteKind::Project => &site.root,
        },
        None => &machine.here,
    }
}
