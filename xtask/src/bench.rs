//! `cargo xtask bench`: measures how long it takes from a save to the answer, with `wr` and with each alternative.
//!
//! All of them get the same edits of the same generated projects, one after the other and edit by edit, so that
//! anything else the machine does slows them all down equally. The medians of one run are compared; a single figure
//! says little.

mod bench_dir;
mod breakdown;
mod edits;
mod idle;
mod inspect;
mod machine;
mod many;
mod page;
mod projects;
mod report;
mod run;
mod samples;
mod seat;
mod targets;
mod terminal;
mod ways;

use clap::{Args, ValueEnum};

use bench_dir::BenchDir;
use page::Page;
use projects::Size;
use report::Report;

/// The arguments of `cargo xtask bench`.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// How often to make each edit, with each tool
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// What to measure; by default everything
    #[arg(long = "only", value_enum)]
    only: Vec<Part>,
    /// Only these tools, in addition to plain `cargo build`, which all are compared with
    #[arg(long = "way", value_name = "NAME")]
    ways: Vec<String>,
    /// How to build `wr`: as `cargo install` does it, or as `cargo run` does
    #[arg(long, value_enum, default_value_t = Profile::Release)]
    profile: Profile,
    /// Also write the tables to the book, each replacing its previous version
    #[arg(long)]
    write: bool,
}

/// A part of the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// One function.
    Small,
    /// About 3,000 lines with thirty classes.
    Medium,
    /// One module with heavy dependencies.
    Large,
    /// The cost of a watch while nobody types.
    Idle,
    /// The screen and the live book.
    Seat,
    /// A hundred exercises at once.
    Many,
    /// Inspecting wheels and extensions.
    Inspect,
}

/// How `wr` is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Profile {
    Release,
    Dev,
}

impl Bench {
    fn has(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

impl Part {
    /// The part's name on the command line and on the page.
    fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// Measures, prints the tables, and on request writes them to the book.
pub(crate) fn run(bench: &Bench) -> anyhow::Result<bool> {
    let root = crate::tidy::workspace_root()?;
    ways::known(&bench.ways)?;
    let bench_dir = BenchDir::prepare(&root, bench.profile)?;
    let machine = format!(
        "Measured on {}; each figure is the median of {} rounds, in milliseconds from the save to the answer.",
        machine::describe(&bench_dir)?.join("; "),
        bench.rounds
    );
    let page = bench
        .write
        .then(|| Page::new(root.join("book/src/reference/speed.md"), &machine));
    let mut report = Report::new(&machine, page);
    let order = Part::value_variants();
    let names: Vec<String> = order.iter().map(|part| part.name()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for part in order.iter().filter(|part| bench.has(**part)) {
        measure(bench, &bench_dir, *part, &mut report)?;
        report.conclude(&part.name(), &names)?;
    }
    Ok(true)
}

fn measure(
    bench: &Bench,
    bench_dir: &BenchDir,
    part: Part,
    report: &mut Report,
) -> anyhow::Result<()> {
    let size = match part {
        Part::Small => Size::Small,
        Part::Medium => Size::Medium,
        Part::Large => Size::Large,
        Part::Idle => {
            report.idle(&idle::measure(bench_dir)?);
            return Ok(());
        }
        Part::Seat => {
            report.seat(&seat::measure(bench_dir, bench.rounds)?);
            return Ok(());
        }
        Part::Many => {
            report.many(&many::measure(bench_dir, bench.rounds)?);
            return Ok(());
        }
        Part::Inspect => {
            report.inspect(inspect::table(&bench_dir.wr, bench.rounds)?);
            return Ok(());
        }
    };
    report.project(&run::project(bench_dir, size, bench.rounds, &bench.ways)?);
    Ok(())
}
