//! mdBook, as the program that cargo installs.
//!
//! As a library, mdBook would be compiled into `xtask`, and therefore by everyone who runs `cargo test`. As a program
//! it's compiled once per machine, and only where the book is built.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::tidy;

/// The version that the book's theme and the site's checks were written for.
const VERSION: &str = "0.5.4";

/// mdBook in [`VERSION`]: the one in the target directory, the one on PATH, or a freshly installed one.
pub(super) fn mdbook(target: &Path) -> anyhow::Result<PathBuf> {
    let tools = target.join("tools");
    let own = tools.join("bin").join("mdbook");
    for program in [own.as_path(), Path::new("mdbook")] {
        if version(program.as_os_str()).as_deref() == Some(VERSION) {
            return Ok(program.to_owned());
        }
    }
    println!(
        "book: installing mdBook {VERSION} into {}; this happens once and takes a few minutes",
        tools.display()
    );
    // A separate directory, so that an interrupted installation continues where it stopped.
    let compiled = tools.join("build");
    let status = Command::new(tidy::cargo())
        .args(["install", "mdbook", "--locked", "--version", VERSION])
        // It doesn't have to watch or serve.
        .args(["--no-default-features", "--features", "search"])
        .arg("--root")
        .arg(&tools)
        .arg("--target-dir")
        .arg(&compiled)
        .status()
        .context("cannot start cargo")?;
    if !status.success() {
        bail!(
            "cannot install mdBook {VERSION}; the first build of the book needs the network. \
             If mdBook {VERSION} is on PATH, it is used instead"
        );
    }
    // The build directory is large and no longer needed.
    let _ = std::fs::remove_dir_all(compiled);
    Ok(own)
}

/// The version of the mdBook at this path, if there is one.
fn version(program: &OsStr) -> Option<String> {
    let ended = Command::new(program).arg("--version").output().ok()?;
    let version_line = String::from_utf8(ended.stdout).ok()?;
    parse_version(&version_line).map(str::to_owned)
}

/// `0.5.4` in `mdbook v0.5.4`.
fn parse_version(version_line: &str) -> Option<&str> {
    version_line.trim().strip_prefix("mdbook v")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_the_rest_of_the_line() {
        assert_eq!(parse_version("mdbook v0.5.4\n"), Some("0.5.4"));
        assert_eq!(parse_version("mdbook v0.5.4-beta\n"), Some("0.5.4-beta"));
        assert_eq!(parse_version("command not found"), None);
    }
}
