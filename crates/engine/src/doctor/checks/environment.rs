//! The environments that tests run in: `wr`'s own, and the one that a person works in.

use std::path::{Path, PathBuf};

use diagnostic::{Diagnostic, Evidence, Severity};

use crate::doctor::{Check, CheckOutcome, Machine, Repair, SiteKind};
use crate::environment::{Kept, VenvState, moved_from, venv_state};
use crate::interpreter::in_environment;
use crate::rules::environment_unusable::finding;
use crate::shell::word;
use crate::system::{FileKind, SystemExt};

pub(super) const CHECK: Check = Check::new("environment", "environment", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let mut sights = kept(machine);
    sights.extend(own(machine));
    sights
}

/// The environments that `wr` keeps.
fn kept(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Some(state) = machine.state_dir() else {
        return Vec::new();
    };
    let entries = machine.system.list(&state.join("venv")).unwrap_or_default();
    let mut sights: Vec<CheckOutcome> = entries
        .into_iter()
        .filter(|entry| entry.kind == FileKind::Directory)
        .map(|entry| judge(machine, &entry.path))
        .collect();
    // A project's own environment, where it has pytest, is the one that is used.
    if sights.is_empty() && machine.own_environment().is_none() {
        sights.push(CheckOutcome::fine("none yet; the first command makes it"));
    }
    sights
}

fn judge(machine: &Machine<'_>, dir: &Path) -> CheckOutcome {
    let anew = |kept: &Kept| Repair::RecreateEnvironment {
        dir: dir.to_owned(),
        requirements: kept.requirements.clone(),
    };
    let hint = "`wr doctor --fix` makes it anew";
    match venv_state(machine.system, dir) {
        VenvState::Ready(kept) => CheckOutcome::fine(format!(
            "{} with Python {} and {}",
            dir.display(),
            kept.interpreter.version_text(),
            kept.requirements.join(", ")
        )),
        VenvState::HalfMade => CheckOutcome::found(
            finding(
                dir,
                "was never completed",
                Evidence::Program {
                    name: dir.join("wr-ready.json").display().to_string(),
                    detail: Some("not there, or not readable".to_owned()),
                },
                "the next command makes it anew, or `wr doctor --fix` removes it now",
            )
            .severity(Severity::Warning),
        )
        .repair(Repair::RemoveHalfMade {
            dir: dir.to_owned(),
        }),
        VenvState::InterpreterGone(kept) => {
            CheckOutcome::found(gone(dir, &kept.interpreter.base, hint)).repair(anew(&kept))
        }
        VenvState::InterpreterReplaced(kept) => CheckOutcome::found(
            finding(
                dir,
                "was made from an interpreter that has been replaced since",
                Evidence::Program {
                    name: kept.interpreter.base.display().to_string(),
                    detail: Some(format!(
                        "was Python {} when the environment was made",
                        kept.interpreter.version_text()
                    )),
                },
                hint,
            )
            .severity(Severity::Warning),
        )
        .repair(anew(&kept)),
        VenvState::Moved(kept, from) => {
            CheckOutcome::found(moved(dir, &from, hint)).repair(anew(&kept))
        }
    }
}

/// The environments that a person works in; they are theirs, so only a command is named.
fn own(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let active = machine.variable("VIRTUAL_ENV").map(PathBuf::from);
    let beside = machine
        .site
        .as_ref()
        .filter(|site| matches!(site.kind, SiteKind::Project))
        .map(|site| site.root.join(".venv"));
    let mut dirs: Vec<PathBuf> = active.into_iter().chain(beside).collect();
    dirs.dedup();
    dirs.into_iter()
        .filter_map(|dir| {
            // An active one that is gone altogether is told among the variables.
            machine.system.is_dir(&dir).then_some(())?;
            let python = in_environment(&dir);
            if !machine.system.is_file(&python) {
                let hint = "make it anew; what was installed in it has to be installed again";
                return Some(
                    CheckOutcome::found(gone(&dir, &python, hint)).command(anew(machine, &dir)),
                );
            }
            let from = moved_from(machine.system, &dir);
            Some(match from {
                Some(from) => {
                    let hint = "make it anew: scripts in it, such as `pytest`, do not start";
                    CheckOutcome::found(moved(&dir, &from, hint)).command(anew(machine, &dir))
                }
                None if machine.own_environment().is_some_and(|own| own.dir == dir) => {
                    CheckOutcome::fine(format!(
                        "{} is your own, and the one that is used",
                        dir.display()
                    ))
                }
                None => CheckOutcome::fine(format!("{} is your own", dir.display())),
            })
        })
        .collect()
}

fn gone(dir: &Path, interpreter: &Path, hint: &str) -> Diagnostic {
    finding(
        dir,
        "has lost its interpreter",
        Evidence::Program {
            name: interpreter.display().to_string(),
            detail: Some("not there any more".to_owned()),
        },
        hint,
    )
}

fn moved(dir: &Path, from: &Path, hint: &str) -> Diagnostic {
    finding(
        dir,
        "was moved, and its scripts name the place where it was made",
        Evidence::mismatch(
            "place",
            dir.display().to_string(),
            format!("{} in bin/activate", from.display()),
        ),
        hint,
    )
    .severity(Severity::Warning)
}

fn anew(machine: &Machine<'_>, dir: &Path) -> String {
    let dir = word(dir);
    if machine.find("uv").is_some() {
        format!("uv venv --clear {dir}")
    } else {
        format!("python3 -m venv --clear {dir}")
    }
}
