//! Commands for contributors, each in its own module.
#![allow(
    clippy::print_stdout,
    reason = "contributors' commands print to standard output"
)]
#![allow(
    clippy::print_stderr,
    reason = "contributors' commands report failures on standard error"
)]

mod agreement;
mod authorities;
mod bench;
mod book;
mod browser;
mod check;
mod course;
mod diagnosis;
mod dist;
mod documents;
mod exports;
mod harness;
mod imports;
mod protect;
mod record;
mod stress;
mod tables;
mod tidy;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Commands for contributors.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Check what the compiler doesn't: invariants, names, documents and the course's files
    Tidy,
    /// Run every check except the tests, up to the first failure
    ///
    /// Formatting, tidy, spelling, workflows, the harness, clippy, documentation and dependencies.
    Check(check::Check),
    /// Lint, type-check and test the Python package that runs pytest; needs the network the first time
    Harness,
    /// Build the book as a website, and check that its links work and that it needs no network
    Book(book::Book),
    /// Try the book in Chromium: with made-up states, with a real course, with restarts and several tabs
    ///
    /// Needs Debian's package `chromium` or another Chromium, and the network the first time.
    Browser(browser::Browser),
    /// Prove the course with `wr author check`, the way continuous integration does
    Course(course::Course),
    /// Kill `wr` at random moments, run pairs of checks at once, and ask for verdicts under load
    ///
    /// Every verdict has to be right, and no process may be left behind. Needs the network the first time.
    Stress(stress::Stress),
    /// Write the digests of the exercises' tests, which `wr` uses to notice changes to them
    Protect,
    /// Write the book's diagnosis pages from the rules' documentation
    Diagnosis,
    /// Write the tables that `anatomy` reads from the packages they come from; needs the network
    Tables,
    /// Write the table of symbols that each version of `CPython` exports, from interpreters on this machine
    Exports(exports::Exports),
    /// Compare what `wr inspect --for` says about many extensions with what `import` does
    ///
    /// Uses the interpreters that you name. Needs the network unless you name a directory of wheels.
    Imports(imports::Imports),
    /// Record what rustc prints about the mistakes in the corpus, with several versions of PyO3
    ///
    /// With `--check`, build the corrected code with each of them instead. Needs the network and about 2 GB in `target`.
    Record(record::Record),
    /// Build the program for release, `target/dist/wr`
    ///
    /// Manual pages and completion scripts are in `target/dist/share`. The program is a single file. If the C library can be linked statically, it needs nothing from the machine it runs on.
    Dist,
    /// Measure the time from a save to the answer for `wr` and the alternatives, on the same edits; needs the network
    Bench(bench::Bench),
    /// Compare what `anatomy` says about published wheels with `abi3audit`, `auditwheel`, `readelf` and LLVM
    ///
    /// Needs the network, about 200 MB in `target`, and the Debian packages `binutils` and `llvm`.
    Authorities(authorities::Authorities),
    /// Compare the verdicts of `wr` on published projects with `maturin develop` and pytest, test by test
    ///
    /// Needs the network and a few GB in `target`.
    Agreement(agreement::Agreement),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().verb {
        Verb::Tidy => tidy::run(),
        Verb::Check(check) => check::run(&check),
        Verb::Harness => harness::run(),
        Verb::Book(wanted) => book::run(&wanted),
        Verb::Browser(wanted) => browser::run(&wanted),
        Verb::Course(course) => course::run(&course),
        Verb::Protect => protect::run(),
        Verb::Stress(stress) => stress::run(&stress),
        Verb::Diagnosis => diagnosis::run(),
        Verb::Tables => write_tables(),
        Verb::Exports(wanted) => exports::run(&wanted),
        Verb::Imports(wanted) => imports::run(&wanted),
        Verb::Record(wanted) => record::run(&wanted),
        Verb::Dist => dist::run(),
        Verb::Bench(bench) => bench::run(&bench),
        Verb::Authorities(arguments) => authorities::run(&arguments),
        Verb::Agreement(arguments) => agreement::run(&arguments),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn write_tables() -> anyhow::Result<bool> {
    let changed = tables::tables(&tidy::workspace_root()?)?;
    for file in &changed {
        println!("{} has changed", file.display());
    }
    if changed.is_empty() {
        println!("the tables were up to date");
    }
    Ok(true)
}
