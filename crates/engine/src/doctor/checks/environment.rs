//! The environments that tests run in: `wr`'s own, and the user's.

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
    let mut outcomes = kept(machine);
    outcomes.extend(own(machine));
    outcomes
}

/// The environments that `wr` manages.
fn kept(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Some(state) = machine.state_dir() else {
        return Vec::new();
    };
    let entries = machine.system.list(&state.join("venv")).unwrap_or_default();
    let mut outcomes: Vec<CheckOutcome> = entries
        .into_iter()
        .filter(|entry| entry.kind == FileKind::Directory)
        .map(|entry| judge(machine, &entry.path))
        .collect();
    // A project's own environment is used if it has pytest.
    if outcomes.is_empty() && machine.own_environment().is_none() {
        outcomes.push(CheckOutcome::fine("none yet; the first command creates it"));
    }
    outcomes
}

fn judge(machine: &Machine<'_>, dir: &Path) -> CheckOutcome {
    let recreate = |kept: &Kept| Repair::RecreateEnvironment {
        dir: dir.to_owned(),
        requirements: kept.requirements.clone(),
    };
    let hint = "`wr doctor --fix` recreates it";
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
                    detail: Some("missing or unreadable".to_owned()),
                },
                "the next command recreates it, or `wr doctor --fix` removes it now",
            )
            .severity(Severity::Warning),
        )
        .repair(Repair::RemoveIncomplete {
            dir: dir.to_owned(),
        }),
        VenvState::InterpreterGone(kept) => {
            CheckOutcome::found(gone(dir, &kept.interpreter.base, hint)).repair(recreate(&kept))
        }
        VenvState::InterpreterReplaced(kept) => CheckOutcome::found(
            finding(
                dir,
                "was created from an interpreter that has since been replaced",
                Evidence::Program {
                    name: kept.interpreter.base.display().to_string(),
                    detail: Some(format!(
                        "was Python {} when the environment was created",
                        kept.interpreter.version_text()
                    )),
                },
                hint,
            )
            .severity(Severity::Warning),
        )
        .repair(recreate(&kept)),
        VenvState::Moved(kept, from) => {
            CheckOutcome::found(moved(dir, &from, hint)).repair(recreate(&kept))
        }
    }
}

/// The user's own environments. `wr` doesn't change them, so only a command is suggested.
fn own(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let active = machine.variable("VIRTUAL_ENV").map(PathBuf::from);
    let in_project = machine
        .site
        .as_ref()
        .filter(|site| matches!(site.kind, SiteKind::Project))
        .map(|site| site.root.join(".venv"));
    let mut dirs: Vec<PathBuf> = active.into_iter().chain(in_project).collect();
    dirs.dedup();
    dirs.into_iter()
        .filter_map(|dir| {
            // An active one that no longer exists is reported among the variables.
            machine.system.is_dir(&dir).then_some(())?;
            let python = in_environment(&dir);
            if !machine.system.is_file(&python) {
                let hint = "recreate it, then install its packages again";
                return Some(
                    CheckOutcome::found(gone(&dir, &python, hint)).command(recreate(machine, &dir)),
                );
            }
            let from = moved_from(machine.system, &dir);
            Some(match from {
                Some(from) => {
                    let hint = "recreate it: its scripts, such as `pytest`, no longer start";
                    CheckOutcome::found(moved(&dir, &from, hint)).command(recreate(machine, &dir))
                }
                None if machine.own_environment().is_some_and(|own| own.dir == dir) => {
                    CheckOutcome::fine(format!("{} is your own, and `wr` uses it", dir.display()))
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
            detail: Some("no longer exists".to_owned()),
        },
        hint,
    )
}

fn moved(dir: &Path, from: &Path, hint: &str) -> Diagnostic {
    finding(
        dir,
        "was moved, and its scripts still name its old place",
        Evidence::mismatch(
            "place",
            dir.display().to_string(),
            format!("{} in bin/activate", from.display()),
        ),
        hint,
    )
    .severity(Severity::Warning)
}

fn recreate(machine: &Machine<'_>, dir: &Path) -> String {
    let dir = word(dir);
    if machine.find("uv").is_some() {
        format!("uv venv --clear {dir}")
    } else {
        format!("python3 -m venv --clear {dir}")
    }
}
