//! Programs that cargo installs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::tidy;

/// A program from cargo's registry, in the one version that the checks were written for.
#[derive(Debug)]
pub(crate) struct CargoTool {
    /// The name of its package and of its program.
    name: &'static str,
    version: &'static str,
    /// More arguments for `cargo install`.
    install: &'static [&'static str],
}

/// Builds the book. Its theme and the checks of the site were written for this version. It needs neither to watch nor to serve.
pub(crate) const MDBOOK: CargoTool = CargoTool {
    name: "mdbook",
    version: "0.5.4",
    install: &["--no-default-features", "--features", "search"],
};

/// Checks the licences, sources and duplicates of the dependencies.
pub(crate) const CARGO_DENY: CargoTool = CargoTool {
    name: "cargo-deny",
    version: "0.20.2",
    install: &[],
};

impl CargoTool {
    /// The program: from the target directory, or from `PATH` if its version is right, or freshly installed.
    pub(crate) fn program(&self, target: &Path) -> anyhow::Result<PathBuf> {
        let Self { name, version, .. } = self;
        let tools = target.join("tools");
        let own = tools.join("bin").join(name);
        for program in [own.as_path(), Path::new(name)] {
            if installed_version(name, program.as_os_str()).as_deref() == Some(*version) {
                return Ok(program.to_owned());
            }
        }
        println!(
            "installing {name} {version} into {}; this happens once and takes a few minutes",
            tools.display()
        );
        // A directory of its own, so that an interrupted installation continues where it was.
        let compiled = tools.join("build");
        // Unoptimised, because compiling takes longer than everything that the program does here.
        let status = Command::new(tidy::cargo())
            .args(["install", name, "--locked", "--debug", "--version", version])
            .args(self.install)
            .arg("--root")
            .arg(&tools)
            .arg("--target-dir")
            .arg(&compiled)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .status()
            .context("cannot start cargo")?;
        if !status.success() {
            bail!(
                "{name} {version} cannot be installed; the first time it needs the network. \
                 If {name} {version} is on PATH, that one is used"
            );
        }
        // The compiled files are large and never used again.
        let _ = std::fs::remove_dir_all(compiled);
        Ok(own)
    }
}

/// The version of the program at this path, if there is one.
fn installed_version(name: &str, program: &OsStr) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    parse_version(name, &text).map(str::to_owned)
}

/// `0.5.4` of `mdbook v0.5.4`, and of `mdbook 0.5.4`.
fn parse_version<'text>(name: &str, text: &'text str) -> Option<&'text str> {
    let version = text.trim().strip_prefix(name)?.strip_prefix(' ')?;
    Some(version.strip_prefix('v').unwrap_or(version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_the_rest_of_the_line() {
        let version = |text| parse_version("mdbook", text);
        assert_eq!(version("mdbook v0.5.4\n"), Some("0.5.4"));
        assert_eq!(version("mdbook v0.5.4-beta\n"), Some("0.5.4-beta"));
        assert_eq!(version("command not found"), None);
        assert_eq!(
            parse_version("cargo-deny", "cargo-deny 0.18.3\n"),
            Some("0.18.3")
        );
    }
}
