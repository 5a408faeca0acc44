//! Programs from the Python package index, each set of them in a virtual environment of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// The interpreter of the virtual environment in `dir`, with the packages of a requirements file. They are installed the first
/// time and whenever the file changes.
pub(crate) fn with_requirements(dir: &Path, requirements: &Path) -> anyhow::Result<PathBuf> {
    let wanted = fs::read_to_string(requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    environment(dir, &wanted, |pip| {
        pip.arg("--requirement").arg(requirements);
    })
}

/// The interpreter of the virtual environment in `dir`, with these packages.
pub(crate) fn with_packages(dir: &Path, packages: &[&str]) -> anyhow::Result<PathBuf> {
    environment(dir, &packages.join(" "), |pip| {
        pip.args(packages);
    })
}

/// `wanted` is noted when everything is installed; with another note, or none, the environment is made again.
fn environment(
    dir: &Path,
    wanted: &str,
    add_packages: impl FnOnce(&mut Command),
) -> anyhow::Result<PathBuf> {
    let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = dir.join(scripts).join("python");
    let note = dir.join("installed.txt");
    // The interpreter may have been removed since.
    if fs::read_to_string(&note).is_ok_and(|present| present == wanted) && python.is_file() {
        return Ok(python);
    }
    println!("installing the tools into {}", dir.display());
    let system_python = if cfg!(windows) { "python" } else { "python3" };
    must(
        Command::new(system_python)
            .args(["-m", "venv", "--clear"])
            .arg(dir),
    )
    .context("cannot make a virtual environment (on Debian: apt-get install python3-venv)")?;
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]);
    add_packages(&mut pip);
    must(&mut pip).context("cannot install the tools; is the package index reachable?")?;
    // Written last, so that an interrupted installation starts again.
    fs::write(&note, wanted).with_context(|| format!("cannot write {}", note.display()))?;
    Ok(python)
}

fn must(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    if !status.success() {
        bail!("{} ended with {status}", command.get_program().display());
    }
    Ok(())
}
