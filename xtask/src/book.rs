//! `cargo xtask book`: the course's pages as a web site that works without a network, with every link followed.

mod links;
mod site;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use clap::Args;
use course::Course;

use crate::tidy;
use crate::tools::MDBOOK;
use site::Site;

/// What to build and what to do with it.
#[derive(Debug, Args)]
pub(crate) struct Book {
    /// Where to put the site; `book/book` by default
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show the site in the web browser
    #[arg(long)]
    open: bool,
    /// First run everything that the pages show the output of, and write that output anew
    #[arg(long)]
    capture: bool,
}

/// Builds the site and checks it; `false` when there was something to mend.
pub(crate) fn run(wanted: &Book) -> anyhow::Result<bool> {
    let workspace = tidy::workspace()?;
    let root = workspace.workspace_root.as_std_path();
    if wanted.capture && !capture(root)? {
        return Ok(false);
    }
    let mdbook = MDBOOK.program(workspace.target_directory.as_std_path())?;
    let out = match &wanted.out {
        Some(dir) => std::path::absolute(dir).context("cannot read the current directory")?,
        None => root.join("book").join("book"),
    };
    let remarks = build(&mdbook, root, &out)?;
    let site = Site::read(&out)?;
    let mut complaints: BTreeSet<String> = remarks.into_iter().collect();
    complaints.extend(links::check(&site));
    complaints.extend(unwritten(&site, root)?);
    for complaint in &complaints {
        println!("book: {complaint}");
    }
    println!(
        "book: {} pages, {} links followed, {} to mend; {}",
        site.pages.len(),
        site.pages
            .values()
            .map(|page| page.links.len())
            .sum::<usize>(),
        complaints.len(),
        out.join("index.html").display()
    );
    let is_good = complaints.is_empty();
    if is_good && wanted.open {
        // The one thing that mdBook does for us with a browser; the second build takes a second.
        run_mdbook(&mdbook, root, &out, &["--open"])?;
    }
    Ok(is_good)
}

/// Builds the site; what mdBook remarks on the way, such as an included file that is not there, is returned.
fn build(mdbook: &Path, root: &Path, out: &Path) -> anyhow::Result<Vec<String>> {
    // What an earlier build left there would be taken for pages of this one.
    if out.join("index.html").is_file() && out.join("toc.html").is_file() {
        std::fs::remove_dir_all(out).with_context(|| format!("cannot empty {}", out.display()))?;
    }
    let said = run_mdbook(mdbook, root, out, &[])?;
    let is_remark = |line: &&str| {
        let mut words = line.split_whitespace();
        words.any(|word| word == "WARN" || word == "ERROR")
    };
    Ok(said
        .lines()
        .filter(is_remark)
        .map(|line| format!("mdbook: {}", line.trim()))
        .collect())
}

/// Runs `mdbook build` and returns what it said.
fn run_mdbook(mdbook: &Path, root: &Path, out: &Path, more: &[&str]) -> anyhow::Result<String> {
    let ended = Command::new(mdbook)
        .arg("build")
        .arg(root.join("book"))
        .arg("--dest-dir")
        .arg(out)
        .args(more)
        .env("NO_COLOR", "1")
        .env_remove("RUST_LOG")
        .output()
        .with_context(|| format!("cannot start {}", mdbook.display()))?;
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    if !ended.status.success() {
        bail!("mdBook cannot build the book:\n{}", said.trim_end());
    }
    Ok(said)
}

/// The exercises of which the site has no page.
fn unwritten(site: &Site, root: &Path) -> anyhow::Result<Vec<String>> {
    let course = Course::find(root).context("cannot read the course")?;
    let missing = course
        .exercises()
        .iter()
        .map(|exercise| exercise.id().to_string())
        .filter(|id| !site.pages.contains_key(&format!("{id}.html")));
    Ok(missing
        .map(|id| {
            format!(
                "{id}: the exercise has no page; write book/src/{id}.md and add it to book/src/SUMMARY.md"
            )
        })
        .collect())
}

/// Has the test that compares the pages' outputs with those of today write them instead.
fn capture(root: &Path) -> anyhow::Result<bool> {
    let status = Command::new(tidy::cargo())
        .args(["test", "--package", "wr", "--test", "book"])
        .env("WR_CAPTURE", "1")
        .current_dir(root)
        .status()
        .context("cannot start cargo")?;
    Ok(status.success())
}
