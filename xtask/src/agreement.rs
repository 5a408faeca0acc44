//! `cargo xtask agreement`: compares the verdicts of `wr` with the ordinary tools.
//!
//! There are three parts. Real projects come from the package index as source distributions. Each is built with
//! `maturin develop` and tested with pytest, as its own documentation says, and then verified by `wr` several times in
//! a row. With `--packages`, small tests that use popular packages run under plain pytest, under `wr check` several
//! times in a row, and under `wr watch`. Either way, outcomes are compared test by test, and a difference makes the
//! command fail unless the list names it with its cause. With `--matrix`, a small extension is put into states with
//! known verdicts, on several versions of Python and PyO3.

mod compare;
mod fetch;
mod list;
mod matrix;
mod ordinary;
mod outcome;
mod packages;
mod page;
mod program;
mod projects;
mod report;
mod tools;
mod watch;
mod ways;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Args;

use tools::Tools;

/// The arguments of `cargo xtask agreement`.
#[derive(Debug, Args)]
pub(crate) struct Agreement {
    /// Compare tests that use popular packages instead of published projects
    #[arg(long)]
    packages: bool,
    /// Instead, verify a small extension in several states, with several versions of PyO3 on several versions of Python
    #[arg(long, conflicts_with = "packages")]
    matrix: bool,
    /// Only projects or packages whose name contains this; for the matrix, a string such as `PyO3 0.30`
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// The Python to use: a path or a name
    #[arg(long, value_name = "PYTHON", default_value = "python3")]
    python: String,
    /// Also write the results to the book
    #[arg(long)]
    write: bool,
}

/// Compares, prints, and returns whether everything agreed or was a known difference.
pub(crate) fn run(arguments: &Agreement) -> anyhow::Result<bool> {
    ensure!(
        !arguments.write || arguments.only.is_none(),
        "`--write` needs the whole list: leave out `--only`"
    );
    let place = crate::tidy::workspace_root()?.join("target/agreement");
    let tools = Tools::prepare(&place, &arguments.python)?;
    let only = arguments.only.as_deref();
    if arguments.matrix {
        let matrix = matrix::compare(only, &tools);
        println!("\n{}\n{}", matrix.table(), matrix.verdict());
        if arguments.write {
            page::write("matrix", &matrix.table())?;
        }
        return Ok(matrix.is_good());
    }
    let (part, report, table) = if arguments.packages {
        let report = packages::compare(only, &tools)?;
        let table = report.in_short(&tools.versions()?);
        ("packages", report, table)
    } else {
        let report = projects::compare(only, &tools)?;
        let table = report.table(&tools.versions()?);
        ("projects", report, table)
    };
    println!("\n{table}\n{}", report.verdict());
    if arguments.write {
        report.ensure_whole()?;
        page::write(part, &table)?;
    }
    Ok(report.is_good())
}

/// Empties the directory, or creates it.
fn emptied(dir: &Path) -> anyhow::Result<PathBuf> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| dir.display().to_string())?;
    }
    fs::create_dir_all(dir).with_context(|| dir.display().to_string())?;
    Ok(dir.to_owned())
}
