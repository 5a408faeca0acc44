//! The tables that are printed and written to the book.

use super::edits::Edit;
use super::idle::Idle;
use super::inspect::Table;
use super::many::{self, Many};
use super::page::Page;
use super::run::Measured;
use super::samples::Samples;
use super::seat::Seat;
use super::targets::{self, Target};

/// The measurements as Markdown, printed as they come in.
pub(super) struct Report {
    /// The part being printed.
    text: String,
    targets: Vec<Target>,
    page: Option<Page>,
}

impl Report {
    /// A report for this machine, also written to the page if there is one.
    pub(super) fn new(machine: &str, page: Option<Page>) -> Self {
        println!("{machine}\n");
        Self {
            text: String::new(),
            targets: Vec::new(),
            page,
        }
    }

    /// A project's tables: all ways, and where `wr` spends its time.
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
        self.say("In brackets: the ratio to plain `cargo build`, the floor. The shortest and the longest time of the rounds:");
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

    /// The cost of an idle watch.
    pub(super) fn idle(&mut self, idle: &Idle) {
        self.say("### Idle");
        self.say(&format!(
            "`wr watch` over {} s without any edits: {:.0} ms of processor time in {} processes, which use {:.0} MiB together \
             (shared pages count once).",
            idle.observed.as_secs(),
            idle.cpu_ms,
            idle.processes,
            idle.memory_mib
        ));
        self.targets.extend(targets::of_idle(idle));
    }

    /// The screen and the live book, next to plain lines.
    pub(super) fn seat(&mut self, seat: &Seat) {
        self.say("### The screen and the live book");
        let rows = [
            ("`wr --version`", &seat.start.version),
            ("`wr watch --plain`: the first line", &seat.start.lines),
            ("`wr watch`: the first frame", &seat.start.screen),
            ("a key while cargo runs: the screen", &seat.keys.screen),
            (
                "a key while cargo runs: a shell that only answers",
                &seat.keys.shell,
            ),
            ("save to verdict: plain lines", &seat.saves.lines),
            ("save to verdict: the screen", &seat.saves.screen),
            (
                "save to verdict: the screen, with a page of the book open",
                &seat.saves.with_page,
            ),
            ("save to verdict: that page", &seat.saves.on_page),
        ];
        let mut table = vec![heading(
            "what",
            ["ms", "19 of 20 within", "least–most", "times measured"].map(str::to_owned),
        )];
        table.extend(rows.map(|(what, samples)| {
            row(
                what,
                [
                    format!("{:.1}", samples.median()),
                    format!("{:.1}", samples.nineteen_of_twenty()),
                    format!("{:.1}–{:.1}", samples.least(), samples.most()),
                    samples.count().to_string(),
                ],
            )
        }));
        self.say(&table.join("\n"));
        let quiet = &seat.quiet;
        self.say(&format!(
            "Over {} s without any edits, all processes of a watch together take {:.0} ms of processor time with plain lines, {:.0} ms \
             with the screen, and {:.0} ms with the screen and an open page. The screen writes {} bytes to its terminal in that time.",
            quiet.observed.as_secs(),
            quiet.lines_ms,
            quiet.screen_ms,
            quiet.with_page_ms,
            quiet.written,
        ));
        self.targets.extend(targets::of_seat(seat));
    }

    /// All exercises at once.
    pub(super) fn many(&mut self, measured: &Many) {
        self.say(&format!("### {} exercises", many::exercises()));
        let rows = [
            heading("what", ["ms".to_owned(), "least–most".to_owned()]),
            many_row("`cargo build` of all of them", &measured.cargo),
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

    /// The inspector, compared with tools that each know one aspect of it.
    pub(super) fn inspect(&mut self, table: Table) {
        self.say("### Inspecting wheels and extensions");
        self.say(table.text.trim_end());
        self.targets.extend(table.targets);
    }

    /// Ends a part with its goals, and saves it, so that a later failure loses nothing.
    pub(super) fn conclude(&mut self, part: &str, order: &[&str]) -> anyhow::Result<()> {
        let targets = std::mem::take(&mut self.targets);
        if !targets.is_empty() {
            self.say("Targets:");
            let mut rows = vec![heading(
                "what",
                ["measured", "target", "met"].map(str::to_owned),
            )];
            rows.extend(targets.iter().map(|target| {
                let reached = if target.is_reached { "yes" } else { "**no**" };
                row(
                    &target.what,
                    [&target.measured, &target.wanted, reached].map(|cell: &str| cell.to_owned()),
                )
            }));
            self.say(&rows.join("\n"));
        }
        let text = std::mem::take(&mut self.text);
        match &self.page {
            Some(page) => page.write(part, order, &text),
            None => Ok(()),
        }
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

fn many_row(what: &str, samples: &Samples) -> String {
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
