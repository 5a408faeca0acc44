//! Variables that misdirect builds and interpreters, each with its effect on `wr`'s own builds.

use std::path::Path;

use diagnostic::{Evidence, Severity};

use crate::build::SHIELDED_FROM;
use crate::doctor::{Check, CheckOutcome, Machine};
use crate::rules::misleading_variable;
use crate::system::SystemExt;

pub(super) const CHECK: Check = Check::new("variables", "variables", look);

/// Variables whose effect is known without further checks.
const KNOWN: [(&str, Severity, &str); 17] = [
    (
        "PYO3_PYTHON",
        Severity::Advice,
        "cargo builds PyO3 for the interpreter that it names",
    ),
    (
        "PYO3_NO_PYTHON",
        Severity::Advice,
        "PyO3 is built without asking an interpreter",
    ),
    (
        "PYO3_CROSS",
        Severity::Advice,
        "PyO3 is built for another machine",
    ),
    (
        "PYO3_CROSS_LIB_DIR",
        Severity::Advice,
        "PyO3 is built for another machine",
    ),
    (
        "PYO3_PRINT_CONFIG",
        Severity::Advice,
        "PyO3's build script prints what it found, and fails the build",
    ),
    (
        "PYO3_CONFIG_FILE",
        Severity::Advice,
        "PyO3 is built for what the file says, without asking an interpreter",
    ),
    (
        "CARGO_TARGET_DIR",
        Severity::Advice,
        "cargo builds in the directory that it names",
    ),
    (
        "CARGO_BUILD_TARGET_DIR",
        Severity::Advice,
        "cargo builds in the directory that it names",
    ),
    (
        "PYO3_USE_ABI3_FORWARD_COMPATIBILITY",
        Severity::Advice,
        "PyO3 accepts interpreters that are newer than it knows, for stable ABI builds",
    ),
    (
        "RUSTFLAGS",
        Severity::Warning,
        "every crate is compiled with these flags, and PyO3 again whenever they change",
    ),
    (
        "CARGO_ENCODED_RUSTFLAGS",
        Severity::Warning,
        "every crate is compiled with these flags, and PyO3 again whenever they change",
    ),
    (
        "CARGO_BUILD_RUSTFLAGS",
        Severity::Warning,
        "every crate is compiled with these flags, and PyO3 again whenever they change",
    ),
    (
        "RUSTC",
        Severity::Warning,
        "cargo compiles with this program",
    ),
    (
        "RUSTC_WRAPPER",
        Severity::Advice,
        "cargo compiles through this program",
    ),
    (
        "PYTHONHOME",
        Severity::Warning,
        "every interpreter looks for its standard library there, and a different version won't start",
    ),
    (
        "PYTHONPATH",
        Severity::Warning,
        "modules found there take precedence over installed ones",
    ),
    (
        "LD_PRELOAD",
        Severity::Warning,
        "a library is loaded into every program, Python included",
    ),
];

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let mut outcomes = Vec::new();
    outcomes.extend(environments(machine));
    outcomes.extend(build_target(machine));
    for (name, severity, effect) in KNOWN {
        if let Some(value) = machine.variable(name) {
            let check_outcome = relative_config_file(name, &value)
                .or_else(|| missing_compiler(machine, name, &value))
                .unwrap_or_else(|| outcome(name, &value, severity, effect));
            outcomes.push(check_outcome);
        }
    }
    if outcomes.is_empty() {
        outcomes.push(CheckOutcome::fine("none that misdirects a build"));
    }
    outcomes
}

fn outcome(name: &str, value: &str, severity: Severity, effect: &str) -> CheckOutcome {
    if severity == Severity::Advice {
        return CheckOutcome::fine(format!("{name}={value}: {effect}; {}", for_wr(name)));
    }
    let finding =
        misleading_variable::finding(name, value, effect, for_wr(name)).severity(severity);
    CheckOutcome::found(finding).command(format!("unset {name}"))
}

/// What a variable does to the programs that `wr` starts.
fn for_wr(name: &str) -> &'static str {
    if SHIELDED_FROM.contains(&name) {
        return "wr's own builds don't see it";
    }
    match name {
        "PYO3_CONFIG_FILE" => "wr's own builds use their own file instead",
        "PYTHONHOME" => "wr hides it from the tests and from the installer",
        "PYTHONPATH" => "wr hides it from the installer, but the tests see it",
        _ => "it affects wr's builds too",
    }
}

/// `VIRTUAL_ENV` and `CONDA_PREFIX`: one is fine, both are ambiguous, and one that names a missing directory is a leftover.
fn environments(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let active = machine.variable("VIRTUAL_ENV");
    let conda = machine.variable("CONDA_PREFIX");
    let mut outcomes = Vec::new();
    if let (Some(active), Some(conda)) = (&active, &conda) {
        let set = |name: &str, value: &str| Evidence::Variable {
            name: name.to_owned(),
            value: Some(value.to_owned()),
        };
        let finding = anatomy::shared::TWO_ENVIRONMENTS
            .finding("a virtual environment and a conda environment are active at once")
            .because(set("VIRTUAL_ENV", active))
            .because(set("CONDA_PREFIX", conda))
            .hint("cargo ignores both, and maturin refuses to build; wr's own builds see neither");
        // Maturin treats two variables with the same directory as one environment; PyO3 doesn't.
        let finding = if active == conda {
            finding
                .severity(Severity::Warning)
                .hint("both name the same directory: maturin uses it, cargo ignores it; wr's own builds see neither")
        } else {
            finding
        };
        outcomes.push(CheckOutcome::found(finding).command("conda deactivate"));
    }
    for (name, value) in [("VIRTUAL_ENV", active), ("CONDA_PREFIX", conda)] {
        let Some(value) = value else { continue };
        if !machine.system.is_dir(Path::new(&value)) {
            let finding = misleading_variable::finding(
                name,
                &value,
                "it names a directory that doesn't exist",
                for_wr(name),
            )
            .severity(Severity::Warning);
            outcomes.push(CheckOutcome::found(finding).command(format!("unset {name}")));
        }
    }
    outcomes
}

/// A target that isn't this machine's gives libraries that the interpreter here can't load.
fn build_target(machine: &Machine<'_>) -> Option<CheckOutcome> {
    let name = "CARGO_BUILD_TARGET";
    let value = machine.variable(name)?;
    let host = machine.rustc()?.as_ref().ok().map(|rustc| &rustc.host)?;
    if *host == value {
        return Some(CheckOutcome::fine(format!(
            "{name}={value}, which is this machine"
        )));
    }
    let finding = misleading_variable::finding(
        name,
        &value,
        &format!("what it builds can't be loaded on this machine, whose Rust host is {host}"),
        for_wr(name),
    );
    Some(CheckOutcome::found(finding).command(format!("unset {name}")))
}

/// A missing program that cargo is told to compile with: then every call of cargo fails.
fn missing_compiler(machine: &Machine<'_>, name: &str, value: &str) -> Option<CheckOutcome> {
    let is_compiler = matches!(name, "RUSTC" | "RUSTC_WRAPPER");
    // An empty variable counts as unset.
    if !is_compiler || value.is_empty() || machine.find(value).is_some() {
        return None;
    }
    let effect = "no such program exists, so every build fails at once";
    let finding = misleading_variable::finding(name, value, effect, for_wr(name));
    Some(CheckOutcome::found(finding.severity(Severity::Error)).command(format!("unset {name}")))
}

fn relative_config_file(name: &str, value: &str) -> Option<CheckOutcome> {
    if name != "PYO3_CONFIG_FILE" || Path::new(value).is_absolute() {
        return None;
    }
    let finding = anatomy::shared::CONFIG_FILE_RELATIVE
        .finding("PYO3_CONFIG_FILE isn't an absolute path, so PyO3 rejects it")
        .because(Evidence::Variable {
            name: name.to_owned(),
            value: Some(value.to_owned()),
        })
        .severity(Severity::Warning)
        .hint("set it to the file's absolute path; wr's own builds use their own file");
    Some(CheckOutcome::found(finding).command(format!("unset {name}")))
}
