//! Many files in a directory: one line for each, then the findings.

use std::path::{Path, PathBuf};

use anatomy::Facts;
use anatomy::facts::{Architecture, Image};
use anatomy::wheel::WheelFacts;

use super::{counted, finding, python, size};
use crate::inspect::{Promise, Report, What};
use crate::render::plain::name;
use crate::render::style::{BOLD, DIM, GOOD, WARN};
use crate::render::text::{Text, say};

const HEADINGS: [&str; 6] = ["FILE", "FOR", "PYTHON", "BUILT WITH", "SIZE", "FINDINGS"];

pub(super) fn write(out: &mut Text, reports: &[Report]) {
    let base = common_directory(reports);
    let rows: Vec<[String; 6]> = reports
        .iter()
        .map(|report| row(report, &base).map(|cell| name(&cell).into_owned()))
        .collect();
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .chain(HEADINGS.get(column).map(|heading| heading.len()))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEADINGS.len()).map(width).collect();
    let line = |cells: &[&str]| -> String {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    say!(out, "{DIM}{}{DIM:#}", line(&HEADINGS));
    for (report, row) in reports.iter().zip(&rows) {
        let style = if report.diagnostics.is_empty() {
            GOOD
        } else {
            WARN
        };
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        let (last, rest) = cells
            .split_last()
            .map_or(("", &[][..]), |(last, rest)| (*last, rest));
        let rest: Vec<String> = rest
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        say!(out, "{}  {style}{last}{style:#}", rest.join("  "));
    }
    say!(out);
    for report in reports
        .iter()
        .filter(|report| !report.diagnostics.is_empty())
    {
        say!(out, "{BOLD}{}{BOLD:#}", name(&report.target));
        for one in &report.diagnostics {
            finding(out, one);
        }
    }
}

/// The directory that contains all the files.
fn common_directory(reports: &[Report]) -> PathBuf {
    let mut dirs = reports
        .iter()
        .map(|report| Path::new(&report.target).parent().unwrap_or(Path::new("")));
    let first = dirs.next().unwrap_or(Path::new("")).to_owned();
    dirs.fold(first, |common, dir| {
        let shared = common
            .ancestors()
            .find(|above| dir.starts_with(above))
            .unwrap_or(Path::new(""));
        shared.to_owned()
    })
}

fn row(report: &Report, base: &Path) -> [String; 6] {
    let target = Path::new(&report.target);
    let file = target
        .strip_prefix(base)
        .unwrap_or(target)
        .display()
        .to_string();
    let mut codes: Vec<&str> = report
        .diagnostics
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let findings = if codes.is_empty() {
        "none".to_owned()
    } else {
        codes.join(" ")
    };
    match &report.what {
        What::Wheel(facts) => of_wheel(facts, findings),
        What::Binary(facts) => of_binary(file, facts, findings),
        What::Project(_) | What::Installed(_) => [
            file,
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            findings,
        ],
    }
}

fn of_wheel(facts: &WheelFacts, findings: String) -> [String; 6] {
    let name = &facts.name;
    let tag = name
        .tags
        .first()
        .map(ToString::to_string)
        .unwrap_or_default();
    let more = match name.tags.len() {
        0 | 1 => String::new(),
        count => format!(" +{}", count - 1),
    };
    let promise = Promise::of_wheel(facts);
    let mut python: Vec<String> = facts
        .extensions
        .iter()
        .map(|one| python::in_a_few_words(&one.path, &one.facts, promise))
        .collect();
    python.sort();
    python.dedup();
    let python = match (facts.extensions.len(), python.as_slice()) {
        (0, _) => "no extension".to_owned(),
        (1, [what]) => what.clone(),
        (count, [what]) => format!("{what} ({count})"),
        (count, _) => counted(count, "extension"),
    };
    let pyo3 = facts.crates.iter().find(|one| one.name == "pyo3");
    let mut images = facts.binaries().flat_map(|binary| &binary.facts.images);
    let built = match pyo3 {
        Some(found) => format!("PyO3 {}", found.version),
        None if images.any(|image| image.provenance.is_rust()) => "Rust".to_owned(),
        None if facts.binaries().next().is_some() => "other".to_owned(),
        None => String::new(),
    };
    let bytes: u64 = facts.binaries().map(|binary| binary.facts.size).sum();
    [
        format!("{} {}", name.distribution, name.version),
        format!("{tag}{more}"),
        python,
        built,
        size(bytes),
        findings,
    ]
}

fn of_binary(name: String, facts: &Facts, findings: String) -> [String; 6] {
    let architectures: Vec<&str> = facts.architectures().map(Architecture::name).collect();
    let built = facts.images.iter().find_map(|image: &Image| {
        let provenance = &image.provenance;
        match provenance.pyo3() {
            Some(version) => Some(format!("PyO3 {version}")),
            None => provenance.is_rust().then(|| "Rust".to_owned()),
        }
    });
    let python = python::in_a_few_words(&name, facts, Promise::default());
    [
        name,
        format!("{} {}", facts.format, architectures.join("+")),
        python,
        built.unwrap_or_else(|| "other".to_owned()),
        size(facts.size),
        findings,
    ]
}
