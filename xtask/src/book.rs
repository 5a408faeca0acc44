//! `cargo xtask book`: builds the course's pages as a website that works without a network, and follows every link.

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

/// What to build, and what to do with it.
#[derive(Debug, Args)]
pub(crate) struct Book {
    /// Where to put the site; by default `book/book`
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Open the site in the web browser
    #[arg(long)]
    open: bool,
    /// First run everything whose output the pages show, and write that output again
    #[arg(long)]
    capture: bool,
    /// Capture only what belongs to pages whose path begins so, such as `04_data/02`
    #[arg(long, value_name = "PREFIX", requires = "capture")]
    only: Option<String>,
}

/// Builds the site and checks it; `false` if there is something to fix.
pub(crate) fn run(wanted: &Book) -> anyhow::Result<bool> {
    let workspace = tidy::workspace()?;
    let root = workspace.workspace_root.as_std_path();
    if wanted.capture && !capture(root, wanted.only.as_deref())? {
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
        "book: {} pages, {} links followed, {} to fix; {}",
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
        // The only thing mdBook does with a browser for us; the second build takes a second.
        run_mdbook(&mdbook, root, &out, &["--open"])?;
    }
    Ok(is_good)
}

/// Builds the site and returns mdBook's complaints, such as a missing included file.
fn build(mdbook: &Path, root: &Path, out: &Path) -> anyhow::Result<Vec<String>> {
    // Files from an earlier build would be mistaken for pages of this one.
    if out.join("index.html").is_file() && out.join("toc.html").is_file() {
        std::fs::remove_dir_all(out).with_context(|| format!("cannot empty {}", out.display()))?;
    }
    let output = run_mdbook(mdbook, root, out, &[])?;
    let is_remark = |line: &&str| {
        let mut words = line.split_whitespace();
        words.any(|word| word == "WARN" || word == "ERROR")
    };
    Ok(output
        .lines()
        .filter(is_remark)
        .map(|line| format!("mdbook: {}", line.trim()))
        .collect())
}

/// Runs `mdbook build` and returns its output.
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
    let output = String::from_utf8_lossy(&ended.stderr).into_owned();
    if !ended.status.success() {
        bail!("mdBook cannot build the book:\n{}", output.trim_end());
    }
    Ok(output)
}

/// The exercises without a page on the site.
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

/// Makes the test that compares the pages' outputs write the current ones instead.
fn capture(root: &Path, only: Option<&str>) -> anyhow::Result<bool> {
    let status = Command::new(tidy::cargo())
        .args(["test", "--package", "wr", "--test", "book"])
        .env("WR_CAPTURE", "1")
        .env("WR_CAPTURE_ONLY", only.unwrap_or_default())
        .current_dir(root)
        .status()
        .context("cannot start cargo")?;
    Ok(status.success())
}
