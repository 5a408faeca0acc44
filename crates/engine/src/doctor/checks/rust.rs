//! rustc and cargo, and whether they are new enough.

use std::path::PathBuf;

use diagnostic::Evidence;
use pep440_rs::Version;

use crate::doctor::tool_output::PATIENCE;
use crate::doctor::{Check, CheckOutcome, Machine, SiteKind};
use crate::manifest;
use crate::rules;
use crate::shell::word;
use crate::system::SystemExt;

pub(super) const CHECK: Check = Check::new("rust", "Rust", look);

/// The oldest rustc that supports the exercises' edition and compiles PyO3 0.30.
const OLDEST: &str = "1.85";

/// How rustup's own page says to install it.
const RUSTUP: &str = if cfg!(windows) {
    "winget install Rustlang.Rustup"
} else {
    "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
};

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    vec![rustc(machine), cargo(machine)]
}

fn rustc(machine: &Machine<'_>) -> CheckOutcome {
    match machine.rustc() {
        None => missing(machine, "rustc"),
        Some(Err(reason)) => CheckOutcome::found(broken("rustc", reason)).command(update(machine)),
        Some(Ok(rustc)) => {
            let (needed, by) = needed(machine);
            let seen = format!("rustc {} for {}", rustc.release, rustc.host);
            if is_older(&rustc.release, &needed) {
                let finding = anatomy::shared::RUST_TOO_OLD
                    .finding(format!("rustc {} is older than {needed}", rustc.release))
                    .because(Evidence::Program {
                        name: rustc.program.display().to_string(),
                        detail: Some(seen),
                    })
                    .because(Evidence::mismatch(
                        "rustc",
                        format!("{needed} or newer, for {by}"),
                        rustc.release.clone(),
                    ))
                    .hint("a rust-toolchain.toml in a parent directory may pin an old version");
                return CheckOutcome::found(finding).command(update(machine));
            }
            CheckOutcome::fine(format!("{seen} ({})", rustc.program.display()))
        }
    }
}

fn cargo(machine: &Machine<'_>) -> CheckOutcome {
    let Some(program) = machine.find("cargo") else {
        return missing(machine, "cargo");
    };
    match machine.ask(&program, &["--version"], PATIENCE) {
        Ok(ran) if ran.succeeded => CheckOutcome::fine(ran.stdout.trim().to_owned()),
        Ok(ran) => CheckOutcome::found(broken("cargo", &ran.last_line())).command(update(machine)),
        Err(reason) => CheckOutcome::found(broken("cargo", &reason)).command(update(machine)),
    }
}

/// A program that isn't on `PATH`. Rust may still be installed: the terminal may be older, or the shell may read other files.
fn missing(machine: &Machine<'_>, program: &str) -> CheckOutcome {
    let Some(bin) = installed_in(machine, program) else {
        return CheckOutcome::found(rules::program_missing::finding(program)).command(RUSTUP);
    };
    let finding = rules::program_missing::RULE.finding(format!(
        "the program `{program}` is installed but not on PATH"
    ));
    let script = bin.with_file_name("env");
    let command = if machine.system.is_file(&script) {
        format!(". {}", word(&script))
    } else {
        format!("export PATH={}:\"$PATH\"", word(&bin))
    };
    let finding = finding
        .because(Evidence::Program {
            name: bin.join(program).display().to_string(),
            detail: Some("installed".to_owned()),
        })
        .hint("add it to PATH in this terminal, and start your editor from a terminal where it's on PATH");
    CheckOutcome::found(finding).command(command)
}

/// The directory of rustup's programs, if it has this one (rustup book, "Environment variables", `CARGO_HOME`).
fn installed_in(machine: &Machine<'_>, program: &str) -> Option<PathBuf> {
    let home = machine.variable("CARGO_HOME").map(PathBuf::from);
    let default = machine
        .variable("HOME")
        .or_else(|| machine.variable("USERPROFILE"))
        .map(|home| PathBuf::from(home).join(".cargo"));
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let dirs = home.into_iter().chain(default).map(|dir| dir.join("bin"));
    dirs.into_iter()
        .find(|bin| machine.system.is_file(&bin.join(&file)))
}

fn broken(program: &str, reason: &str) -> diagnostic::Diagnostic {
    rules::program_missing::RULE
        .finding(format!("`{program}` is installed but doesn't work"))
        .because(Evidence::output(program, reason))
        .hint("install or repair the toolchain with rustup")
}

fn update(machine: &Machine<'_>) -> &'static str {
    if machine.find("rustup").is_some() {
        "rustup update stable && rustup default stable"
    } else {
        RUSTUP
    }
}

/// The oldest rustc that works here, and what requires it.
fn needed(machine: &Machine<'_>) -> (String, String) {
    let mut needed = (OLDEST.to_owned(), "PyO3 and edition 2024".to_owned());
    let Some(site) = &machine.site else {
        return needed;
    };
    let dir = match &site.kind {
        SiteKind::Course { exercises_dir, .. } => exercises_dir,
        SiteKind::Project => &site.root,
    };
    let file = dir.join("Cargo.toml");
    if let Ok(Some(table)) = manifest::read::<toml::Table>(machine.system, &file) {
        let package = table.get("package");
        let workspace = table.get("workspace").and_then(|all| all.get("package"));
        let asked = [package, workspace]
            .into_iter()
            .flatten()
            .find_map(|one| one.get("rust-version")?.as_str());
        if let Some(asked) = asked
            && is_older(&needed.0, asked)
        {
            needed = (asked.to_owned(), file.display().to_string());
        }
    }
    needed
}

/// Whether a release is older than another; a nightly of a version counts as that version.
fn is_older(release: &str, needed: &str) -> bool {
    let parse = |text: &str| {
        let plain = text.split(['-', '+']).next().unwrap_or(text);
        plain.parse::<Version>().ok()
    };
    matches!((parse(release), parse(needed)), (Some(release), Some(needed)) if release < needed)
}

#[cfg(test)]
mod tests {
    use super::is_older;

    #[test]
    fn releases_are_compared_by_number() {
        assert!(is_older("1.75.0", "1.85"));
        assert!(is_older("1.9.0", "1.85"));
        assert!(!is_older("1.85.0", "1.85"));
        assert!(!is_older("1.100.0-nightly", "1.95"));
        assert!(!is_older("of tomorrow", "1.95"));
    }
}
