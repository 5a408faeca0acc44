//! The indexes that crates and packages come from, checked with the programs that will use them.
//!
//! No host is named here: mirrors, proxies, certificates and offline settings are those configured for cargo, uv
//! and pip.

use std::path::Path;
use std::time::Duration;

use diagnostic::{Diagnostic, Severity};

use crate::doctor::{Check, CheckOutcome, Machine};
use crate::environment::{VenvState, venv_state};
use crate::rules::index_unreachable;
use crate::system::{Command, FileKind};

pub(super) const CHECK: Check = Check::new("index", "package index", look);

/// An index that takes longer than this to respond counts as unreachable.
const PATIENCE: Duration = Duration::from_secs(15);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    std::thread::scope(|scope| {
        let crates = scope.spawn(|| crates(machine));
        let packages = packages(machine);
        let crates = crates.join().ok().flatten();
        crates.into_iter().chain(packages).collect()
    })
}

/// Cargo's registry.
fn crates(machine: &Machine<'_>) -> Option<CheckOutcome> {
    let cargo = machine.find("cargo")?;
    if is_on(machine, "CARGO_NET_OFFLINE") {
        return Some(CheckOutcome::fine(
            "cargo is set to work offline (CARGO_NET_OFFLINE)",
        ));
    }
    let ask = |dir: &Path| {
        let command = Command::new(&cargo, dir)
            .args(["info", "--quiet", "pyo3"])
            .envs(machine.env)
            .env("CARGO_NET_RETRY", "0")
            .env("CARGO_HTTP_TIMEOUT", "5")
            .env("CARGO_TERM_COLOR", "never");
        machine.run(&command, PATIENCE)
    };
    let asked = match ask(&machine.here) {
        // A broken manifest isn't a network problem. In another directory, the user's own configuration still applies.
        Ok(ran) if !ran.succeeded && ran.stderr.contains("manifest") => ask(Path::new("/")),
        other => other,
    };
    Some(match asked {
        Ok(ran) if ran.succeeded => CheckOutcome::fine("cargo reaches its registry"),
        Ok(ran) if ran.stderr.contains("--offline") => {
            CheckOutcome::fine("cargo is configured to work offline")
        }
        Ok(ran) if ran.stderr.contains("no such command") => return None,
        Ok(ran) => CheckOutcome::found(severe(
            machine,
            index_unreachable::finding("cargo", "crates", ran.stderr.trim()),
        )),
        // The machine may just be busy, so a timeout doesn't prove a problem.
        Err(reason) => CheckOutcome::found(
            index_unreachable::finding("cargo", "crates", &reason).severity(Severity::Warning),
        ),
    })
}

/// The index of Python packages.
fn packages(machine: &Machine<'_>) -> Option<CheckOutcome> {
    let python = machine.interpreter().as_ref().ok()?;
    let uv = machine.find("uv");
    let (name, offline) = match &uv {
        Some(_) => ("uv", "UV_OFFLINE"),
        None => ("pip", "PIP_NO_INDEX"),
    };
    if is_on(machine, offline) {
        return Some(CheckOutcome::fine(format!(
            "{name} is set to work offline ({offline})"
        )));
    }
    let command = match uv {
        Some(uv) => Command::new(uv, &machine.here)
            .args([
                "pip",
                "install",
                "--no-config",
                "--break-system-packages",
                "--dry-run",
                "--no-deps",
                "--reinstall",
                "--refresh-package",
                "pytest",
                "--python",
            ])
            .arg(&python.base)
            .arg("pytest"),
        None => Command::new(&python.executable, &machine.here).args([
            "-I",
            "-m",
            "pip",
            "index",
            "versions",
            "--disable-pip-version-check",
            "--no-input",
            "--retries",
            "0",
            "--timeout",
            "5",
            "pytest",
        ]),
    };
    let command = command
        .envs(machine.env)
        .env("UV_HTTP_TIMEOUT", "5")
        .env("UV_HTTP_RETRIES", "0")
        .without_env("VIRTUAL_ENV")
        .without_env("PYTHONHOME")
        .without_env("PYTHONPATH");
    Some(match machine.run(&command, PATIENCE) {
        Ok(ran) if ran.succeeded => CheckOutcome::fine(format!("{name} reaches its index")),
        // Debian's Python comes without pip; the first installation uses the one in the environment.
        Ok(ran) if ran.stderr.contains("No module named pip") => return None,
        Ok(ran) => CheckOutcome::found(severe(
            machine,
            index_unreachable::finding(name, "packages", ran.stderr.trim()),
        )),
        // The machine may just be busy, so a timeout doesn't prove a problem.
        Err(reason) => CheckOutcome::found(
            index_unreachable::finding(name, "packages", &reason).severity(Severity::Warning),
        ),
    })
}

/// Without an index the first command fails; once the environment exists, nothing is downloaded any more.
fn severe(machine: &Machine<'_>, finding: Diagnostic) -> Diagnostic {
    if is_set_up(machine) {
        finding.severity(Severity::Warning)
    } else {
        finding
    }
}

fn is_set_up(machine: &Machine<'_>) -> bool {
    let Some(state) = machine.state_dir() else {
        return false;
    };
    let environments = machine.system.list(&state.join("venv")).unwrap_or_default();
    let is_complete = |dir: &Path| venv_state(machine.system, dir) != VenvState::HalfMade;
    environments
        .iter()
        .any(|entry| entry.kind == FileKind::Directory && is_complete(&entry.path))
}

fn is_on(machine: &Machine<'_>, name: &str) -> bool {
    machine
        .variable(name)
        .is_some_and(|value| !matches!(value.to_lowercase().as_str(), "0" | "false" | "no" | "off"))
}
