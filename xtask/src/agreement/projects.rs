//! Published projects: first with the ordinary tools, then with `wr`.

use anyhow::ensure;

use super::compare::Comparison;
use super::list::{self, Project};
use super::report::{Report, Row};
use super::tools::Tools;
use super::{fetch, ordinary, ways};

/// Compares projects whose name contains a string.
pub(super) fn compare(only: Option<&str>, tools: &Tools) -> anyhow::Result<Report> {
    let mut projects = list::read()?;
    projects.retain(|project| only.is_none_or(|only| project.name.contains(only)));
    ensure!(!projects.is_empty(), "no project on the list matches");
    let mut report = Report::default();
    for (number, project) in projects.iter().enumerate() {
        let place = format!("{}/{} {}", number + 1, projects.len(), project.name);
        // If one can't be compared, the others still are.
        match compared(project, tools, &place) {
            Ok(row) => {
                println!("[{place}] {}", row.summary());
                report.add(row);
            }
            Err(error) => {
                println!("[{place}] FAILED: {error:#}");
                report.failed(&project.name, &error);
            }
        }
    }
    Ok(report)
}

/// Runs the ordinary tools, and then `wr`.
fn compared(project: &Project, tools: &Tools, place: &str) -> anyhow::Result<Row> {
    let say = |what: &str| println!("[{place}] {what}");
    say("unpacking");
    let archive = fetch::archive(project, tools)?;
    let tree = fetch::fresh(project, &archive, "ordinary", tools)?;
    say("maturin develop, pytest");
    let ordinary = ordinary::run(project, &tree, tools)?;
    // A separate copy: neither side may find what the other has left behind.
    let tree = fetch::fresh(project, &archive, "wr", tools)?;
    let mut runs = Vec::new();
    for way in ways::ALL {
        say(way.name());
        runs.push((way.name(), way.run(project, &tree, tools)?));
    }
    Ok(Row::new(
        project,
        Comparison::of(&project.known, ordinary, runs),
    ))
}
