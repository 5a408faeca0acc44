//! The verbs, one file each, and the dispatch to them.

mod author;
mod book;
mod check;
mod check_many;
mod completions;
mod confirm;
mod doctor;
mod explain;
mod hint;
mod inspect;
mod inspect_loads;
mod list;
mod man;
mod new;
mod open;
mod reset;
mod resume;
mod run;
mod solution;
mod step;
mod target;
mod watch;

use std::process::ExitCode;

use course::Direction;

use crate::cli::{Cli, Format, Verb};
use crate::error::CommandError;

/// Runs the command that the command line asks for.
pub(crate) fn run(cli: Cli) -> Result<ExitCode, CommandError> {
    log();
    let global = cli.global;
    if global.format == Format::Junit && !matches!(cli.command, Some(Verb::Check(_))) {
        return Err(CommandError::new("only `wr check` writes JUnit XML")
            .help("run `wr check --format junit`, or choose `--format json`"));
    }
    match cli.command {
        None => resume::run(&global),
        Some(Verb::Check(check)) => check::run(&check, &global),
        Some(Verb::Watch(watch)) => watch::run(&watch, &global),
        Some(Verb::Book(book)) => book::run(&book, &global),
        Some(Verb::Open(open)) => open::run(&open, &global),
        Some(Verb::Next(_)) => step::run(Direction::Forward, &global),
        Some(Verb::Prev(_)) => step::run(Direction::Back, &global),
        Some(Verb::Solution(solution)) => solution::run(&solution, &global),
        Some(Verb::List(list)) => list::run(&list, &global),
        Some(Verb::Hint(hint)) => hint::run(&hint, &global),
        Some(Verb::Explain(explain)) => explain::run(&explain, &global),
        Some(Verb::Reset(reset)) => reset::run(&reset, &global),
        Some(Verb::Run(run)) => run::run(&run, &global),
        Some(Verb::Author(author)) => author::run(&author.verb, &global),
        Some(Verb::Inspect(inspect)) => inspect::run(&inspect, &global),
        Some(Verb::Doctor(doctor)) => doctor::run(&doctor, &global),
        Some(Verb::New(new)) => new::run(&new, &global),
        Some(Verb::Completions(wanted)) => completions::run(&wanted),
        Some(Verb::Man(wanted)) => man::run(&wanted),
    }
}

/// Logging for anyone hunting a bug in `wr` itself: `WR_LOG=debug`.
fn log() {
    if let Ok(filter) = tracing_subscriber::EnvFilter::try_from_env("WR_LOG") {
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .init();
    }
}
