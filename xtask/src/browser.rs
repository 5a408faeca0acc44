//! `cargo xtask browser`: the book in a real browser, with made-up states and with a real course.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use clap::Args;

use crate::tidy;
use crate::tools::with_requirements;

/// The tests, below the root of the repository.
const TESTS: &str = "xtask/data/browser";

/// The variable that names another browser.
const CHROMIUM: &str = "CHROMIUM";

/// What Chromium is called by those who package it.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Which tests to run.
#[derive(Debug, Args)]
pub(crate) struct Browser {
    /// Only the tests whose names match, as pytest's `-k`
    #[arg(short, value_name = "EXPRESSION")]
    keyword: Option<String>,
}

/// Runs the tests; `false` if one failed.
pub(crate) fn run(wanted: &Browser) -> anyhow::Result<bool> {
    let workspace = tidy::workspace()?;
    let root = workspace.workspace_root.as_std_path();
    let target = workspace.target_directory.as_std_path();
    let chromium = chromium()?;
    let scratch = target.join("browser");
    let python = with_requirements(
        &target.join("tools/browser"),
        &root.join(TESTS).join("requirements.txt"),
    )?;
    build(root)?;
    let mut pytest = Command::new(&python);
    pytest
        .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"])
        .arg(root.join(TESTS))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("WR_ROOT", root)
        .env("WR_SCRATCH", &scratch)
        .env("WR_CHROMIUM", chromium)
        .env("WR_SEATS", target.join("debug/examples/seats"))
        .env("WR_PROGRAM", target.join("debug/wr"));
    if let Some(keyword) = &wanted.keyword {
        pytest.args(["-k", keyword]);
    }
    let status = pytest
        .status()
        .with_context(|| format!("cannot start {}", python.display()))?;
    println!(
        "the pictures are in {}",
        scratch.join("screenshots").display()
    );
    Ok(status.success())
}

/// The browser, which isn't a package of any language.
fn chromium() -> anyhow::Result<PathBuf> {
    if let Some(named) = env::var_os(CHROMIUM).filter(|named| !named.is_empty()) {
        return Ok(named.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path)
        .flat_map(|dir| NAMES.map(|name| dir.join(name)))
        .find(|program| program.is_file());
    match found {
        Some(program) => Ok(program),
        None => bail!(
            "there is no Chromium on PATH; install it (on Debian: apt-get install chromium), or set {CHROMIUM} to its path"
        ),
    }
}

fn build(root: &Path) -> anyhow::Result<()> {
    let status = Command::new(tidy::cargo())
        .args(["build", "--quiet", "--package", "wr", "--bin", "wr"])
        .args(["--package", "wr-livebook", "--example", "seats"])
        .current_dir(root)
        .status()
        .context("cannot start cargo")?;
    if !status.success() {
        bail!("`wr` doesn't build");
    }
    Ok(())
}
