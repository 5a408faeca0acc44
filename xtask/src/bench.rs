//! `cargo xtask bench`: how long it takes from a save to the answer, by each way that there is.
//!
//! All ways see the same edits of the same generated projects, one after the other and edit by edit, so that what the machine
//! does besides slows them all alike. What is compared are medians of one run; a figure by itself says little.

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
mod targets;
mod ways;

use clap::{Args, ValueEnum};

use bench_dir::BenchDir;
use page::Page;
use projects::Size;
use report::Report;

/// What `cargo xtask bench` understands.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// How often each edit is made, for each way
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// What is measured; everything when nothing is named
    #[arg(long = "only", value_enum)]
    only: Vec<Part>,
    /// Only these ways, besides the plain `cargo build` that all are compared with
    #[arg(long = "way", value_name = "NAME")]
    ways: Vec<String>,
    /// How `wr` is built: as `cargo install` does it, or as `cargo run` does
    #[arg(long, value_enum, default_value_t = Profile::Release)]
    profile: Profile,
    /// Write the tables to the book as well, each in the place of the one before it
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
    /// What a watch costs while nobody types.
    Idle,
    /// A hundred exercises at once.
    Many,
    /// Looking into wheels and extensions.
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
    /// What the part is called, on the command line and in the page.
    fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// Measures, prints the tables, and writes them to the book where that is asked for.
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
