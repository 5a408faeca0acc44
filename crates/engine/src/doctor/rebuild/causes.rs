//! Why PyO3 is compiled again, from cargo's fingerprints. Pure: fingerprints in, findings out.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Evidence, Severity, SourceLocation};

use super::TargetDirOwner;
use super::build_history::{self, BuildSnapshot};
use super::cargo_env::CargoEnv;
use super::tool;
use super::units::Unit;
use super::variants::{SAME_FLAGS, flags};
use crate::rules::pyo3_compiled_again::RULE;

/// The package whose build script looks for the interpreter.
pub(super) const FFI: &str = "pyo3-ffi";

/// A variable with its old and new value.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    name: String,
    was: Option<String>,
    is: Option<String>,
}

/// Why the next build compiles PyO3 again: for each profile, what differs between the last build and the current environment.
pub(super) fn next_build(
    units: &[Unit],
    env: &CargoEnv<'_>,
    owner: TargetDirOwner,
    clock: i128,
) -> Vec<Diagnostic> {
    let flags = env.rustflags();
    profiles(units)
        .into_iter()
        .filter_map(|profile| {
            let here: Vec<&Unit> = units
                .iter()
                .filter(|one| one.profile_dir == profile)
                .collect();
            let Some(last) = last_run(&here, flags.as_deref(), owner) else {
                return flags
                    .as_ref()
                    .and_then(|flags| other_flags(&here, flags, profile, clock));
            };
            let run = last.run()?;
            let changes = changes(&run.variables, |name, was| env.after(was, name));
            if changes.is_empty() {
                return None;
            }
            let by = tool::of(&run.variables);
            let who = match owner {
                TargetDirOwner::Wr => "build of wr".to_owned(),
                TargetDirOwner::Project if profile == "debug" => "`cargo build` here".to_owned(),
                TargetDirOwner::Project => format!("build for {profile} by cargo here"),
            };
            let mut finding = RULE
                .finding(format!(
                    "the next {who} compiles PyO3 again: {}",
                    describe(&changes, "is", " now")
                ))
                .severity(Severity::Warning);
            for change in &changes {
                finding = finding.because(Evidence::mismatch(
                    change.name.clone(),
                    format!(
                        "{}, as when {by} built {}",
                        value(change.was.as_deref(), &change.name, change.is.as_deref()),
                        ago(last.seconds_ago(clock))
                    ),
                    value(change.is.as_deref(), &change.name, change.was.as_deref()),
                ));
            }
            finding = finding.because(source(last));
            Some(finding.hint(remedy(&changes, by)))
        })
        .collect()
}

/// Why PyO3 was compiled since the last look.
pub(super) fn since_last_look(
    units: &[Unit],
    last: &BuildSnapshot,
    clock: i128,
) -> Vec<Diagnostic> {
    units
        .iter()
        .filter(|unit| unit.package == FFI)
        .filter_map(|unit| {
            let run = unit.run()?;
            let recorded = last.runs.get(&build_history::key(unit))?;
            if recorded.at == unit.at {
                return None;
            }
            let changes = changes(&recorded.variables, |name, _| {
                run.variables.get(name).cloned().flatten()
            });
            if changes.is_empty() {
                return None;
            }
            let (before, by) = (tool::of(&recorded.variables), tool::of(&run.variables));
            let mut finding = RULE
                .finding(format!(
                    "PyO3 was compiled again {} for {}: {}",
                    ago(unit.seconds_ago(clock)),
                    unit.profile_dir,
                    describe(&changes, "became", "")
                ))
                .severity(Severity::Warning);
            for change in &changes {
                finding = finding.because(Evidence::mismatch(
                    change.name.clone(),
                    format!(
                        "{}, as when {before} built before",
                        value(change.was.as_deref(), &change.name, change.is.as_deref())
                    ),
                    format!(
                        "{} when {by} built",
                        value(change.is.as_deref(), &change.name, change.was.as_deref())
                    ),
                ));
            }
            finding = finding.because(source(unit));
            let cause = if tool::is_isolated(before) {
                before
            } else {
                by
            };
            Some(finding.hint(remedy(&changes, cause)))
        })
        .collect()
}

/// The build script run that the next build with these flags would use: that of the newest library built with them. If there
/// are several, for example with different features, a tool keeps using its own.
fn last_run<'u>(
    units: &[&'u Unit],
    flags: Option<&[String]>,
    owner: TargetDirOwner,
) -> Option<&'u Unit> {
    let runs = || {
        units
            .iter()
            .filter(|unit| unit.package == FFI && unit.run().is_some())
    };
    let run_of = |depends_on: &[u64]| {
        runs()
            .find(|run| {
                run.digest
                    .is_some_and(|digest| depends_on.contains(&digest))
            })
            .or_else(|| runs().max_by_key(|run| run.at))
            .copied()
    };
    units
        .iter()
        .filter(|unit| unit.package == FFI)
        .filter_map(|unit| Some((unit, unit.compiled()?)))
        .filter(|(_, one)| flags.is_none_or(|flags| one.rustflags == flags))
        .filter_map(|(unit, one)| Some((unit.at, run_of(&one.depends_on)?)))
        .max_by_key(|(at, run)| {
            let by = run.run().map(|run| tool::of(&run.variables));
            let is_its_own = by.is_some_and(|by| match owner {
                TargetDirOwner::Wr => by == "wr",
                TargetDirOwner::Project => by.starts_with("cargo"),
            });
            (is_its_own, *at)
        })
        .map(|(_, run)| run)
}

/// The finding when no library was compiled with the current flags.
fn other_flags(units: &[&Unit], now: &[String], profile: &str, clock: i128) -> Option<Diagnostic> {
    let last = units
        .iter()
        .filter(|unit| unit.package == FFI)
        .filter_map(|unit| Some((unit, unit.compiled()?)))
        .max_by_key(|(unit, _)| unit.at);
    let (unit, compiled) = last?;
    let (was, is) = (flags(&compiled.rustflags), flags(now));
    Some(
        RULE.finding(format!(
            "the next build for {profile} compiles PyO3 once more: the flags for rustc (RUSTFLAGS) were {was} and are now {is}"
        ))
        .severity(Severity::Warning)
        .because(Evidence::mismatch(
            "RUSTFLAGS",
            format!("{was}, as {}", ago(unit.seconds_ago(clock))),
            is,
        ))
        .because(source(unit))
        .hint(SAME_FLAGS),
    )
}

fn changes(
    was: &BTreeMap<String, Option<String>>,
    is: impl Fn(&str, Option<&str>) -> Option<String>,
) -> Vec<Change> {
    was.iter()
        .map(|(name, was)| Change {
            name: name.clone(),
            was: was.clone(),
            is: is(name, was.as_deref()),
        })
        .filter(|change| change.was != change.is)
        .collect()
}

/// The directories of profiles, each once.
pub(super) fn profiles(units: &[Unit]) -> Vec<&str> {
    let mut all: Vec<&str> = units.iter().map(|unit| unit.profile_dir.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A single change with its values; for several, only the names, since the evidence has the values.
fn describe(changes: &[Change], verb: &str, when: &str) -> String {
    match changes {
        [one] if one.name != "PATH" => format!(
            "{} was {} and {verb} {}{when}",
            one.name,
            value(one.was.as_deref(), &one.name, None),
            value(one.is.as_deref(), &one.name, None)
        ),
        several => {
            let names: Vec<_> = several.iter().map(|one| one.name.as_str()).collect();
            let have = if names.len() == 1 { "has" } else { "have" };
            format!("{} {have} changed", names.join(", "))
        }
    }
}

/// A value for display; for a long list of directories, only those that the other value lacks.
fn value(value: Option<&str>, name: &str, other: Option<&str>) -> String {
    match (value, other) {
        (None, _) => "not set".to_owned(),
        (Some(value), Some(other)) if name == "PATH" => {
            let others: Vec<&str> = other.split(':').collect();
            let own: Vec<&str> = value
                .split(':')
                .filter(|dir| !others.contains(dir))
                .collect();
            if own.is_empty() {
                "without those, or in a different order".to_owned()
            } else {
                format!("with {}", own.join(":"))
            }
        }
        (Some(value), _) => value.to_owned(),
    }
}

/// What to do, depending on what changed and which tool set it.
fn remedy(changes: &[Change], by: &str) -> String {
    let has = |name: &str| changes.iter().any(|change| change.name == name);
    if tool::is_isolated(by) {
        return "an isolated build has a different interpreter path each time: build with `maturin develop` or `wr check` while you work, or pin PYO3_CONFIG_FILE under `[env]` in `.cargo/config.toml`".to_owned();
    }
    if has("PYO3_ENVIRONMENT_SIGNATURE") || has("PYO3_BUILD_EXTENSION_MODULE") {
        return "maturin and cargo take turns: give one of them its own target directory (CARGO_TARGET_DIR), or pin PYO3_CONFIG_FILE and PYO3_BUILD_EXTENSION_MODULE under `[env]` in `.cargo/config.toml`".to_owned();
    }
    "pin the interpreter for all tools with PYO3_PYTHON under `[env]` in `.cargo/config.toml` (`wr explain WR0224` shows how), or give your editor its own target directory".to_owned()
}

/// The fingerprint that shows it.
pub(super) fn source(unit: &Unit) -> Evidence {
    Evidence::at(SourceLocation::file(format!(
        "{}/.fingerprint/{}-{}",
        unit.profile_dir, unit.package, unit.id
    )))
}

/// A time in words.
pub(super) fn ago(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3600 => (seconds / 60, "minute"),
        3600..86400 => (seconds / 3600, "hour"),
        _ => (seconds / 86400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}
