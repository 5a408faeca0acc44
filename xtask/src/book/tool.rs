//! mdBook, as the program that cargo installs.
//!
//! As a library it would be compiled into `xtask`, and so by everyone who runs `cargo test`; as a program it is compiled once
//! on a machine, and only there where the book is built.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::tidy;

/// The version that the book's theme and the checks of the site were written for.
const VERSION: &str = "0.5.4";

/// mdBook of [`VERSION`]: that in the target directory, else that on the path, else a freshly installed one.
pub(super) fn mdbook(target: &Path) -> anyhow::Result<PathBuf> {
    let tools = target.join("tools");
    let own = tools.join("bin").join("mdbook");
    for program in [own.as_path(), Path::new("mdbook")] {
        if version(program.as_os_str()).as_deref() == Some(VERSION) {
            return Ok(program.to_owned());
        }
    }
    println!(
        "book: installing mdBook {VERSION} into {}; this is done once and takes some minutes",
        tools.display()
    );
    // A directory of its own, so that an interrupted installation goes on where it was.
    let compiled = tools.join("build");
    let status = Command::new(tidy::cargo())
        .args(["install", "mdbook", "--locked", "--version", VERSION])
        // It needs neither to watch nor to serve.
        .args(["--no-default-features", "--features", "search"])
        .arg("--root")
        .arg(&tools)
        .arg("--target-dir")
        .arg(&compiled)
        .status()
        .context("cannot start cargo")?;
    if !status.success() {
        bail!(
            "mdBook {VERSION} cannot be installed; the first build of the book needs the network. \
             An mdBook {VERSION} on PATH is used as well"
        );
    }
    // What is left over is large, and of no use.
    let _ = std::fs::remove_dir_all(compiled);
    Ok(own)
}

/// The version of the mdBook at this path, if there is one.
fn version(program: &OsStr) -> Option<String> {
    let ended = Command::new(program).arg("--version").output().ok()?;
    let said = String::from_utf8(ended.stdout).ok()?;
    parse_version(&said).map(str::to_owned)
}

/// `0.5.4` of `mdbook v0.5.4`.
fn parse_version(said: &str) -> Option<&str> {
    said.trim().strip_prefix("mdbook v")
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
