//! The final output, and the table in the book.

use anyhow::ensure;

use super::compare::Comparison;
use super::list::Project;
use super::outcome::Outcome;

/// How many differences to print per project.
const MOST_SHOWN: usize = 20;

/// A project's row.
#[derive(Debug)]
pub(super) struct Row {
    title: String,
    shape: String,
    comparison: Comparison,
}

impl Row {
    /// The row of a package, which has no shape.
    pub(super) fn of_package(name: &str, comparison: Comparison) -> Self {
        Self {
            title: name.to_owned(),
            shape: String::new(),
            comparison,
        }
    }

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

/// The result of all comparisons.
#[derive(Debug, Default)]
pub(super) struct Report {
    rows: Vec<Row>,
    /// What could not be compared, and why.
    failed: Vec<String>,
}

impl Report {
    pub(super) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    pub(super) fn failed(&mut self, name: &str, error: &anyhow::Error) {
        self.failed.push(format!("{name}: {error:#}"));
    }

    pub(super) fn is_good(&self) -> bool {
        self.failed.is_empty() && self.rows.iter().all(|row| row.comparison.is_good())
    }

    /// What doesn't hold, or a message that everything does.
    pub(super) fn verdict(&self) -> String {
        let mut text = String::new();
        for failed in &self.failed {
            text += &format!("not compared: {failed}\n");
        }
        for row in &self.rows {
            for difference in &row.comparison.unexplained {
                text += &format!("{}: {difference}\n", row.title);
            }
        }
        text + if self.is_good() {
            "every test ended the same way on both sides, or its difference is known with its cause"
        } else {
            "not everything agrees: fix `wr`, or write the cause of a difference into xtask/data/agreement"
        }
    }

    /// Fails if something could not be compared.
    pub(super) fn ensure_whole(&self) -> anyhow::Result<()> {
        ensure!(
            self.failed.is_empty(),
            "the page is not written: {} could not be compared",
            self.failed.len()
        );
        Ok(())
    }

    fn tests(&self) -> usize {
        let counts = self.rows.iter().map(|row| {
            let ordinary = &row.comparison.ordinary;
            ordinary.python.0.len() + ordinary.rust.0.len()
        });
        counts.sum()
    }

    /// One row per project, and the causes of the differences.
    pub(super) fn table(&self, versions: &[String]) -> String {
        let mut text = format!(
            "{} projects with {} tests; {}.\n\n\
             | project | shape | passed | failed | skipped | verdict | differences |\n|---|---|---:|---:|---:|---|---:|\n",
            self.rows.len(),
            self.tests(),
            versions.join("; ")
        );
        for row in &self.rows {
            text += &row.line();
        }
        text + &self.causes()
    }

    /// One paragraph for all of them, and the causes of the differences.
    pub(super) fn in_short(&self, versions: &[String]) -> String {
        let names: Vec<&str> = self.rows.iter().map(|row| row.title.as_str()).collect();
        let differing = self
            .rows
            .iter()
            .filter(|row| row.explained() + row.comparison.unexplained.len() > 0)
            .count();
        let runs = self.rows.first().map_or(0, |row| row.comparison.runs.len());
        format!(
            "{} packages with {} tests, each compared in {runs} runs; {}. Packages with a difference: {differing}.\n\n{}.\n{}",
            self.rows.len(),
            self.tests(),
            versions.join("; "),
            names.join(", "),
            self.causes()
        )
    }

    fn causes(&self) -> String {
        let causes: String = self
            .rows
            .iter()
            .flat_map(|row| {
                let explained = row.comparison.explained.iter();
                explained.map(|(cause, _)| format!("| {} | {cause} |\n", row.title))
            })
            .collect();
        if causes.is_empty() {
            return causes;
        }
        format!("\n| differs | why |\n|---|---|\n{causes}")
    }
}
