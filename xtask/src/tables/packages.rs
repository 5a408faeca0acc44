//! Fetches packages with the indexes' own clients, into a directory that is removed afterwards.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A directory that is removed when this value is dropped.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new() -> io::Result<Self> {
        let path = std::env::temp_dir().join(format!("tables-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Fetches the newest wheel of a Python package.
    pub(super) fn wheel(&self, package: &str) -> io::Result<PathBuf> {
        run(Command::new("python3")
            .args([
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--only-binary=:all:",
                "--dest",
            ])
            .arg(&self.0)
            .arg(package))?;
        std::fs::read_dir(&self.0)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| {
                path.file_name()
                    .and_then(|name| name.to_str())
                    .is_some_and(|name| {
                        name.starts_with(&format!("{package}-"))
                            && name.strip_suffix(".whl").is_some()
                    })
            })
            .ok_or_else(|| io::Error::other(format!("pip downloaded no wheel of {package}")))
    }

    /// Runs a Python program that can import from a wheel, and returns what it prints.
    pub(super) fn python(&self, wheel: &Path, program: &str) -> io::Result<String> {
        run(Command::new("python3")
            .args([
                "-I",
                "-c",
                "import sys; sys.path.insert(0, sys.argv[1]); exec(sys.argv[2])",
            ])
            .arg(wheel)
            .arg(program)
            .current_dir(&self.0))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Anything that can't be removed stays in the system's temporary directory, where it does no harm.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The version in a wheel's file name.
pub(super) fn version_of(wheel: &Path) -> String {
    wheel
        .file_name()
        .and_then(|name| name.to_str())
        .and_then(|name| name.split('-').nth(1))
        .unwrap_or("unknown")
        .to_owned()
}

/// Runs a command to completion; its standard error becomes the error.
pub(super) fn run(command: &mut Command) -> io::Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!(
            "{} failed: {}",
            command.get_program().display(),
            String::from_utf8_lossy(&output.stderr).trim()
        )));
    }
    String::from_utf8(output.stdout).map_err(io::Error::other)
}
