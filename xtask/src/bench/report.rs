//! The tables: what is printed, and what goes into the book.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::edits::Edit;
use super::idle::Idle;
use super::inspect::Table;
use super::many::{self, Many};
use super::run::Measured;
use super::targets::{self, Target};

/// Between these lines of the page stands what the last run measured.
const BEGIN: &str = "<!-- The last run: written by `cargo xtask bench --write`. -->";
const END: &str = "<!-- End of the last run. -->";

/// What was measured, as Markdown, told as it comes.
pub(super) struct Report {
    text: String,
    targets: Vec<Target>,
}

impl Report {
    pub(super) fn new(machine: &[String], rounds: u32) -> Self {
        let mut report = Self {
            text: String::new(),
            targets: Vec::new(),
        };
        report.say(&format!(
            "Measured on {}; each figure is the median of {rounds} rounds, in milliseconds from the save to the answer.",
            machine.join("; ")
        ));
        report
    }

    /// A project's tables: all ways, and where the time of ours goes.
    pub(super) fn project(&mut self, measured: &Measured) {
        self.say(&format!("### {}", capitalised(measured.project.describe())));
        let mut rows = vec![heading(
            "way",
            Edit::ALL.iter().map(|edit| edit.name().to_owned()),
        )];
        for (name, typed) in &measured.ways {
            let cells = Edit::ALL.iter().map(|edit| {
                let Some(samples) = measured.samples.get(&(*edit, *name)) else {
                    return "–".to_owned();
                };
                let median = samples.median();
                let floor = measured.samples.get(&(*edit, "cargo"));
                match floor.filter(|_| *name != "cargo") {
                    Some(floor) => {
                        format!("{} ({:.2}×)", milliseconds(median), median / floor.median())
                    }
                    None => milliseconds(median),
                }
            });
            rows.push(row(&format!("`{typed}`"), cells));
        }
        self.say(&rows.join("\n"));
        self.say("In brackets: how many times the time of plain `cargo build`, the floor. Least and most of the rounds:");
        self.say(&spreads(measured));
        for way in ["watch", "check"] {
            self.breakdown(measured, way);
        }
        self.targets.extend(targets::of_project(measured));
    }

    fn breakdown(&mut self, measured: &Measured, way: &'static str) {
        let edits: Vec<Edit> = Edit::ALL
            .into_iter()
            .filter(|edit| measured.breakdowns.contains_key(&(way, *edit)))
            .collect();
        let Some(first) = edits.first() else { return };
        let shown = measured
            .ways
            .iter()
            .find(|(name, _)| *name == way)
            .map_or(way, |(_, typed)| *typed);
        self.say(&format!("Where the time of `{shown}` goes:"));
        let mut rows = vec![heading(
            "step",
            edits.iter().map(|edit| edit.name().to_owned()),
        )];
        for (step, _) in measured.breakdowns[&(way, *first)].medians() {
            let medians: Vec<f64> = edits
                .iter()
                .filter_map(|edit| {
                    measured.breakdowns[&(way, *edit)]
                        .medians()
                        .find(|(name, _)| *name == step)
                        .map(|(_, median)| median)
                })
                .collect();
            if medians.iter().any(|median| *median >= 0.05) {
                rows.push(row(
                    step,
                    medians.iter().map(|median| format!("{median:.1}")),
                ));
            }
        }
        self.say(&rows.join("\n"));
    }

    /// What an idle watch costs.
    pub(super) fn idle(&mut self, idle: &Idle) {
        self.say("### Nothing to do");
        self.say(&format!(
            "`wr watch` over {} s in which nobody types: {:.0} ms of processor time in {} processes, which hold {:.0} MiB together \
             (a page that several share counts once).",
            idle.observed.as_secs(),
            idle.cpu_ms,
            idle.processes,
            idle.memory_mib
        ));
        self.targets.extend(targets::of_idle(idle));
    }

    /// Everything at once.
    pub(super) fn many(&mut self, measured: &Many) {
        self.say(&format!("### {} exercises", many::exercises()));
        let rows = [
            heading("what", ["ms".to_owned(), "least–most".to_owned()]),
            many_row("`cargo build` of them all", &measured.cargo),
            many_row("`wr check --all --solutions`", &measured.wr),
            many_row("the tests alone, one after the other", &measured.tests),
            many_row(
                "`wr check --all --solutions`, nothing changed",
                &measured.again,
            ),
        ];
        self.say(&rows.join("\n"));
        self.targets.extend(targets::of_many(measured));
    }

    /// What was to be reached, and whether it was.
    /// The inspector, against those who know one aspect of what it says.
    pub(super) fn inspect(&mut self, table: Table) {
        self.say("### Looking into wheels and extensions");
        self.say(table.text.trim_end());
        self.targets.extend(table.targets);
    }

    pub(super) fn conclude(&mut self) {
        if self.targets.is_empty() {
            return;
        }
        self.say("### What is to be reached");
        let mut rows = vec![heading(
            "what",
            ["measured", "wanted", "reached"].map(str::to_owned),
        )];
        let targets = std::mem::take(&mut self.targets);
        for target in &targets {
            let reached = if target.is_reached { "yes" } else { "**no**" };
            rows.push(row(
                &target.what,
                [
                    target.measured.clone(),
                    target.wanted.clone(),
                    reached.to_owned(),
                ],
            ));
        }
        self.say(&rows.join("\n"));
    }

    /// Replaces what the page says of the last run.
    pub(super) fn write(&self, page: &Path) -> anyhow::Result<()> {
        let text = fs::read_to_string(page)?;
        let (before, rest) = text
            .split_once(BEGIN)
            .with_context(|| format!("the line `{BEGIN}` is missing"))?;
        let (_, after) = rest
            .split_once(END)
            .with_context(|| format!("the line `{END}` is missing"))?;
        fs::write(
            page,
            format!("{before}{BEGIN}\n\n{}{END}{after}", self.text),
        )?;
        Ok(())
    }

    fn say(&mut self, paragraph: &str) {
        println!("{paragraph}\n");
        self.text.push_str(paragraph);
        self.text.push_str("\n\n");
    }
}

fn spreads(measured: &Measured) -> String {
    let mut rows = vec![heading(
        "way",
        Edit::ALL.iter().map(|edit| edit.name().to_owned()),
    )];
    for (name, typed) in &measured.ways {
        let cells = Edit::ALL.iter().map(|edit| {
            measured
                .samples
                .get(&(*edit, *name))
                .map_or("–".to_owned(), |samples| {
                    format!(
                        "{}–{}",
                        milliseconds(samples.least()),
                        milliseconds(samples.most())
                    )
                })
        });
        rows.push(row(&format!("`{typed}`"), cells));
    }
    rows.join("\n")
}

fn many_row(what: &str, samples: &super::samples::Samples) -> String {
    row(
        what,
        [
            milliseconds(samples.median()),
            format!(
                "{}–{}",
                milliseconds(samples.least()),
                milliseconds(samples.most())
            ),
        ],
    )
}

fn milliseconds(value: f64) -> String {
    format!("{value:.0}")
}

fn heading(first: &str, others: impl IntoIterator<Item = String>) -> String {
    let others: Vec<String> = others.into_iter().collect();
    let rule = "---:|".repeat(others.len());
    format!("{}\n|---|{rule}", row(first, others))
}

fn row(first: &str, others: impl IntoIterator<Item = String>) -> String {
    let mut row = format!("| {first} |");
    for cell in others {
        row.push_str(&format!(" {cell} |"));
    }
    row
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
