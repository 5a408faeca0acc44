//! Programs from the Python package index, in a virtual environment of the repository's own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// The pinned packages, relative to the workspace's root.
const REQUIREMENTS: &str = "xtask/data/check-requirements.txt";

/// A program that one of the packages in `xtask/data/check-requirements.txt` brings. The packages are installed the first time
/// and whenever that file changes.
pub(crate) fn python_tool(root: &Path, target: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let requirements = root.join(REQUIREMENTS);
    let wanted = std::fs::read(&requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let venv = target.join("tools").join("python");
    let scripts = venv.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let installed = venv.join("installed.txt");
    if std::fs::read(&installed).ok().as_ref() != Some(&wanted) {
        println!(
            "installing the packages of {REQUIREMENTS} into {}",
            venv.display()
        );
        let python = if cfg!(windows) { "python" } else { "python3" };
        run(Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(&venv))?;
        run(Command::new(scripts.join("python"))
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .arg("--requirement")
            .arg(&requirements))?;
        // Written last, so that an interrupted installation starts again.
        std::fs::write(&installed, &wanted)
            .with_context(|| format!("cannot write {}", installed.display()))?;
    }
    Ok(scripts.join(name))
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    if !status.success() {
        bail!("{command:?} failed; installing the packages needs the network");
    }
    Ok(())
}
