//! What is printed at the end, and the table in the book.

use std::fs;

use anyhow::Context;

use super::compare::Comparison;
use super::list::Project;
use super::outcome::Outcome;
use super::tools::Tools;

const PAGE: &str = "book/src/reference/ordinary.md";

/// Between these lines of the page is what the last run found.
const BEGIN: &str = "<!-- The last run: written by `cargo xtask agreement --write`. -->";
const END: &str = "<!-- End of the last run. -->";

/// How many differences of one project are printed.
const MOST_SHOWN: usize = 20;

/// A project's row.
#[derive(Debug)]
pub(super) struct Row {
    title: String,
    shape: String,
    comparison: Comparison,
}

impl Row {
    pub(super) fn new(project: &Project, comparison: Comparison) -> Self {
        Self {
            title: format!("{} {}", project.name, project.version),
            shape: project.shape.clone(),
            comparison,
        }
    }

    /// A few lines for the terminal.
    pub(super) fn summary(&self) -> String {
        let ordinary = &self.comparison.ordinary;
        let mut text = format!("the ordinary way: {}", ordinary.python.counts());
        if !ordinary.rust.0.is_empty() {
            text += &format!("; Rust: {}", ordinary.rust.counts());
        }
        for (name, said) in &self.comparison.runs {
            text += &format!(
                "\n  {name}: `{}` in {:.1} s{}: {}",
                said.status,
                said.seconds,
                if said.is_remembered {
                    ", remembered"
                } else {
                    ""
                },
                said.python.counts()
            );
            if !said.rust.0.is_empty() {
                text += &format!("; Rust: {}", said.rust.counts());
            }
        }
        if let Some((_, said)) = self.comparison.runs.first() {
            for finding in &said.findings {
                text += &format!("\n  found: {finding}");
            }
        }
        let differences = &self.comparison.unexplained;
        for difference in differences.iter().take(MOST_SHOWN) {
            text += &format!("\n  DIFFERS: {difference}");
        }
        if differences.len() > MOST_SHOWN {
            text += &format!("\n  and {} more", differences.len() - MOST_SHOWN);
        }
        if !differences.is_empty() && !ordinary.said.is_empty() {
            text += &format!("\n  the ordinary tools ended with:\n{}", ordinary.said);
        }
        text
    }

    fn line(&self) -> String {
        let ordinary = &self.comparison.ordinary;
        let of = |outcome: Outcome| ordinary.python.count(outcome) + ordinary.rust.count(outcome);
        format!(
            "| {} | {} | {} | {} | {} | {} | {} |\n",
            self.title,
            self.shape,
            of(Outcome::Passed),
            of(Outcome::Failed),
            of(Outcome::Skipped),
            self.comparison
                .runs
                .first()
                .map_or("", |(_, said)| said.status.as_str()),
            self.comparison.unexplained.len() + self.explained()
        )
    }

    fn explained(&self) -> usize {
        let counts = self.comparison.explained.iter().map(|(_, count)| count);
        counts.sum()
    }
}

/// The result of a run.
#[derive(Debug)]
pub(super) struct Report {
    versions: Vec<String>,
    rows: Vec<Row>,
}

impl Report {
    pub(super) fn new(tools: &Tools) -> anyhow::Result<Self> {
        Ok(Self {
            versions: tools.versions()?,
            rows: Vec::new(),
        })
    }

    pub(super) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    pub(super) fn is_good(&self) -> bool {
        self.rows.iter().all(|row| row.comparison.is_good())
    }

    pub(super) fn text(&self) -> String {
        let verdict = if self.is_good() {
            "every test ended the same way on both sides, or its difference is known with its cause"
        } else {
            "there are differences without a cause: fix `wr`, or write the cause into xtask/data/agreement/projects.toml"
        };
        format!("\n{}\n{verdict}", self.table())
    }

    fn table(&self) -> String {
        let tests: usize = self
            .rows
            .iter()
            .map(|row| {
                row.comparison.ordinary.python.0.len() + row.comparison.ordinary.rust.0.len()
            })
            .sum();
        let mut text = format!(
            "{} projects with {tests} tests; {}.\n\n\
             | project | shape | passed | failed | skipped | verdict | differences |\n|---|---|---:|---:|---:|---|---:|\n",
            self.rows.len(),
            self.versions.join("; ")
        );
        for row in &self.rows {
            text += &row.line();
        }
        let causes: Vec<String> = self
            .rows
            .iter()
            .flat_map(|row| {
                let explained = row.comparison.explained.iter();
                explained.map(|(cause, _)| format!("| {} | {cause} |\n", row.title))
            })
            .collect();
        if !causes.is_empty() {
            text += "\n### Differences, and why\n\n| project | cause |\n|---|---|\n";
            text += &causes.concat();
        }
        text
    }

    /// Puts the table into the page.
    pub(super) fn write(&self) -> anyhow::Result<()> {
        let path = crate::tidy::workspace_root()?.join(PAGE);
        let page = fs::read_to_string(&path).with_context(|| PAGE.to_owned())?;
        let missing = |line: &str| format!("{PAGE}: the line `{line}` is missing");
        let (before, rest) = page.split_once(BEGIN).with_context(|| missing(BEGIN))?;
        let (_, after) = rest.split_once(END).with_context(|| missing(END))?;
        fs::write(
            &path,
            format!("{before}{BEGIN}\n\n{}\n{END}{after}", self.table()),
        )?;
        println!("{PAGE} is written");
        Ok(())
    }
}
