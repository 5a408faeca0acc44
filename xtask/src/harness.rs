//! `cargo xtask harness`: lints, type-checks and tests the Python package that runs pytest, up to the first failure.

use std::process::Command;

use anyhow::Context;

use crate::tidy;
use crate::tools::with_requirements;

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
    let workspace = tidy::workspace()?;
    let package = workspace.workspace_root.as_std_path().join(PACKAGE);
    let environment = workspace.target_directory.join("tools/harness");
    let python = with_requirements(environment.as_std_path(), &package.join(REQUIREMENTS))?;
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
