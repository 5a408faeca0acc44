//! The contributor's commands, each in a module of its own.
#![allow(
    clippy::print_stdout,
    reason = "a contributor's command speaks on standard output"
)]
#![allow(
    clippy::print_stderr,
    reason = "a contributor's command reports its failure on standard error"
)]

mod agreement;
mod authorities;
mod bench;
mod book;
mod check;
mod course;
mod diagnosis;
mod dist;
mod documents;
mod exports;
mod imports;
mod protect;
mod record;
mod stress;
mod tables;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The contributor's commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Check what the compiler does not: invariants, names, documents and the course's files.
    Tidy,
    /// Run what is checked besides the tests: formatting, clippy, tidy and the documentation, up to the first failure.
    Check,
    /// Build the book as a web site, and check that its links lead somewhere and that it works without a network.
    Book(book::Book),
    /// Prove the course, as `wr author check` does, with the settings of continuous integration.
    Course(course::Course),
    /// Kill `wr` at random moments, run pairs of checks at once, and ask for verdicts under load: every verdict has to be right,
    /// and no process may be left; needs the network the first time.
    Stress(stress::Stress),
    /// Write down the digests of the exercises' tests, by which the runner tells that they were changed.
    Protect,
    /// Write the book's chapter of diagnosis pages anew from the rules' own pages.
    Diagnosis,
    /// Write the tables that `anatomy` reads anew from the packages they are taken from; needs the network.
    Tables,
    /// Write the table of the symbols that each version of `CPython` exports, from the files of interpreters on this machine.
    Exports(exports::Exports),
    /// Compare what `wr inspect --for` says with what `import` does, for many extensions and the interpreters that are named; needs the
    /// network unless a directory of wheels is named.
    Imports(imports::Imports),
    /// Record what rustc prints about each mistake of the corpus, with several versions of PyO3, or check that the corrected code builds
    /// with each of them; needs the network and about 2 GB below `target`.
    Record(record::Record),
    /// Build the program that is handed out, `target/dist/wr`: one file, which needs nothing of the machine that it runs on where
    /// the C library can be linked in.
    Dist,
    /// Measure the time from a save to the answer, by `wr` and by every other way, on the same edits; needs the network.
    Bench(bench::Bench),
    /// Compare what `anatomy` says of published wheels with what `abi3audit`, `auditwheel`, `readelf` and LLVM say; needs the
    /// network, about 200 MB below `target`, and the Debian packages `binutils` and `llvm`.
    Authorities(authorities::Authorities),
    /// Compare the verdicts of `wr` on published projects, test by test, with those of `maturin develop` and pytest; needs the
    /// network and a few GB below `target`.
    Agreement(agreement::Agreement),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().verb {
        Verb::Tidy => tidy::run(),
        Verb::Check => check::run(),
        Verb::Book(wanted) => book::run(&wanted),
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
        println!("the tables were fresh");
    }
    Ok(true)
}
