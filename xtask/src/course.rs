//! `cargo xtask course`: runs `wr author check` on the whole course, the way continuous integration does.

use std::process::Command;

use anyhow::Context;
use clap::Args;

use crate::tidy;

/// How thorough the proof should be.
#[derive(Debug, Args)]
pub(crate) struct Course {
    /// How many times a solution has to pass under load; use 20 before a release
    #[arg(long, value_name = "N", default_value_t = 3)]
    times: u16,
    /// Leave out the copies outside the repository, which the test `agreement` compares with `wr` anyway
    #[arg(long)]
    without_copies: bool,
    /// Arguments for `wr author check`
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Proves the course; `false` if there is something to fix.
pub(crate) fn run(course: &Course) -> anyhow::Result<bool> {
    let root = tidy::workspace_root()?;
    let mut command = Command::new(tidy::cargo());
    command
        .args(["run", "--quiet", "--package", "wr", "--", "author", "check"])
        .arg(format!("--times={}", course.times))
        .current_dir(root);
    if !course.without_copies {
        command.arg("--copied");
    }
    let status = command
        .args(&course.rest)
        .status()
        .context("cannot start cargo")?;
    match status.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => anyhow::bail!("`wr author check` gave no result: {status}"),
    }
}
