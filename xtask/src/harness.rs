//! `cargo xtask harness`: lints, type-checks and tests the Python package that runs pytest, up to the first failure.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::tidy;

/// The package, below the root of the repository.
const PACKAGE: &str = "crates/engine/harness";

/// The tools with their versions, one per line.
const REQUIREMENTS: &str = "requirements.txt";

/// What is run, in the order of what fails soonest.
const STEPS: [&[&str]; 4] = [
    &["ruff", "format", "--check", "--quiet"],
    &["ruff", "check", "--quiet"],
    &["mypy", "--no-error-summary"],
    &["pytest", "--quiet"],
];

/// Runs the steps; `false` if one failed.
pub(crate) fn run() -> anyhow::Result<bool> {
    let root = tidy::workspace_root()?;
    let package = root.join(PACKAGE);
    let python = install(&root, &package.join(REQUIREMENTS))?;
    for step in STEPS {
        let status = Command::new(&python)
            // The tests import the package from its source.
            .arg("-m")
            .args(step)
            .current_dir(&package)
            .status()
            .with_context(|| format!("cannot start {}", python.display()))?;
        if !status.success() {
            println!(
                "\nfailed; to repeat it in {PACKAGE}: {} -m {}",
                python.display(),
                step.join(" ")
            );
            return Ok(false);
        }
    }
    Ok(true)
}

/// Makes the virtual environment with the tools, unless it has these versions already; returns its interpreter.
fn install(root: &Path, requirements: &Path) -> anyhow::Result<PathBuf> {
    let environment = root.join("target/tools/harness");
    let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = environment.join(scripts).join("python");
    let wanted = fs::read_to_string(requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let note = environment.join("installed.txt");
    // The interpreter may have been removed since.
    if fs::read_to_string(&note).is_ok_and(|present| present == wanted) && python.is_file() {
        return Ok(python);
    }
    println!("installing the tools into {}", environment.display());
    must(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&environment),
    )
    .context("cannot make a virtual environment (on Debian: apt-get install python3-venv)")?;
    must(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(requirements),
    )
    .context("cannot install the tools; is the package index reachable?")?;
    fs::write(&note, wanted)?;
    Ok(python)
}

fn must(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status()?;
    if !status.success() {
        bail!("{:?} ended with {status}", command.get_program());
    }
    Ok(())
}
