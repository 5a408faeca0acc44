//! `cargo xtask agreement`: the verdict of `wr` beside that of the ordinary tools, on projects that nobody here has written.
//!
//! Real projects come from the package index as source distributions. Each is built by `maturin develop` and tested by pytest,
//! as its own documentation says, and then verified by `wr` several times in a row. The outcomes are compared test by test. A
//! difference makes the command fail unless the list names it with its cause.

mod compare;
mod fetch;
mod list;
mod ordinary;
mod outcome;
mod program;
mod report;
mod tools;
mod ways;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Args;

use compare::Comparison;
use list::Project;
use report::{Report, Row};
use tools::Tools;

/// What `cargo xtask agreement` understands.
#[derive(Debug, Args)]
pub(crate) struct Agreement {
    /// Only projects whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// The Python to use: a path or a name
    #[arg(long, value_name = "PYTHON", default_value = "python3")]
    python: String,
    /// Write the table to the book as well
    #[arg(long)]
    write: bool,
}

/// Compares, prints, and says whether everything agreed or was known.
pub(crate) fn run(arguments: &Agreement) -> anyhow::Result<bool> {
    let place = crate::tidy::workspace_root()?.join("target/agreement");
    let tools = Tools::prepare(&place, &arguments.python)?;
    let mut projects = list::read()?;
    if let Some(only) = &arguments.only {
        projects.retain(|project| project.name.contains(only.as_str()));
    }
    ensure!(!projects.is_empty(), "no project of the list fits");
    ensure!(
        !arguments.write || arguments.only.is_none(),
        "`--write` needs the whole list: leave `--only` out"
    );
    let mut report = Report::new(&tools)?;
    for (number, project) in projects.iter().enumerate() {
        let place = format!("{}/{} {}", number + 1, projects.len(), project.name);
        let row = compared(project, &tools, &place).with_context(|| project.name.clone())?;
        println!("[{place}] {}", row.summary());
        report.add(row);
    }
    println!("{}", report.text());
    if arguments.write {
        report.write()?;
    }
    Ok(report.is_good())
}

/// The ordinary way, and then the runs of `wr`.
fn compared(project: &Project, tools: &Tools, place: &str) -> anyhow::Result<Row> {
    let say = |what: &str| println!("[{place}] {what}");
    say("unpacking");
    let archive = fetch::archive(project, tools)?;
    let tree = fetch::fresh(project, &archive, "ordinary", tools)?;
    say("maturin develop, pytest");
    let ordinary = ordinary::run(project, &tree, tools)?;
    // Another copy: neither may find what the other has left behind.
    let tree = fetch::fresh(project, &archive, "wr", tools)?;
    let mut runs = Vec::new();
    for way in ways::ALL {
        say(way.name());
        runs.push((way.name(), way.run(project, &tree, tools)?));
    }
    Ok(Row::new(project, Comparison::of(project, ordinary, runs)))
}

/// Removes what is there, and makes the directory anew.
fn emptied(dir: &Path) -> anyhow::Result<PathBuf> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| dir.display().to_string())?;
    }
    fs::create_dir_all(dir).with_context(|| dir.display().to_string())?;
    Ok(dir.to_owned())
}
