//! Records what rustc prints about each mistake of the corpus, with several versions of PyO3, and checks that the corrected code builds
//! with each of them.

mod build;
mod normalize;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::Value;
use testkit::corpus::{self, Case, Recording};

use crate::tidy;

/// The minor versions of PyO3 that rules are written for.
const PYO3: [u32; 8] = [23, 24, 25, 26, 27, 28, 29, 30];

/// Below `target`.
const DIR: &str = "target/record";

/// PyO3's configuration (its guide, "Advanced topics"), so that what is recorded doesn't depend on the Python of this machine. Every
/// version of PyO3 that is recorded supports this Python.
const PYO3_CONFIG: &str = "implementation=CPython\nversion=3.13\nshared=true\nabi3=false\nsuppress_build_script_link_lines=true\n";

#[derive(Debug, Args)]
pub(crate) struct Record {
    /// The minor versions of PyO3, as in 0.23,0.30
    #[arg(long, value_delimiter = ',', value_parser = minor)]
    pyo3: Vec<u32>,
    /// Only the cases whose names contain this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Record nothing: build the corrected code of every case instead
    #[arg(long)]
    check: bool,
}

/// Reads `0.23`.
fn minor(text: &str) -> Result<u32, String> {
    let minor = text.strip_prefix("0.").and_then(|minor| minor.parse().ok());
    minor
        .filter(|minor| PYO3.contains(minor))
        .ok_or_else(|| format!("`{text}` isn't one of 0.23 to 0.30"))
}

pub(crate) fn run(wanted: &Record) -> anyhow::Result<bool> {
    let dir = tidy::workspace_root()?.join(DIR);
    std::fs::create_dir_all(&dir)?;
    let config = dir.join("pyo3.cfg");
    std::fs::write(&config, PYO3_CONFIG)?;
    let bench = Bench { dir, config };
    let minors = if wanted.pyo3.is_empty() {
        PYO3.to_vec()
    } else {
        wanted.pyo3.clone()
    };
    let only = wanted.only.as_deref().unwrap_or_default();
    let cases: Vec<Case> = corpus::cases()
        .into_iter()
        .filter(|case| case.name.contains(only))
        .collect();
    if cases.is_empty() {
        bail!("no case has `{only}` in its name");
    }
    if wanted.check {
        check(&bench, &minors, &cases)
    } else {
        record(&bench, &minors, cases)
    }
}

/// Where cases are built.
struct Bench {
    dir: PathBuf,
    config: PathBuf,
}

impl Bench {
    /// The directory of one workspace, empty.
    fn emptied(&self, name: &str) -> anyhow::Result<PathBuf> {
        let root = self.dir.join(name);
        if root.exists() {
            std::fs::remove_dir_all(&root)
                .with_context(|| format!("{} cannot be removed", root.display()))?;
        }
        std::fs::create_dir_all(&root)?;
        Ok(root)
    }
}

/// The cases that cover a version, grouped by what is asked of PyO3: cargo unites the features within one workspace.
fn groups(
    cases: &[Case],
    minor: u32,
    source: impl Fn(&Case) -> &corpus::Source,
) -> BTreeMap<String, Vec<&Case>> {
    let mut groups: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.covers(minor)) {
        let manifest = &source(case).manifest;
        let own = manifest.features.join("-");
        // A feature of another crate would be united as well.
        let others = if manifest.dependencies.is_empty() {
            ""
        } else {
            case.name.as_str()
        };
        groups
            .entry(format!("0.{minor}-{own}{others}"))
            .or_default()
            .push(case);
    }
    groups
}

fn record(bench: &Bench, minors: &[u32], cases: Vec<Case>) -> anyhow::Result<bool> {
    let rustc = build::rustc_version()?;
    let mut found: BTreeMap<String, Vec<(String, Vec<Value>)>> = BTreeMap::new();
    let mut is_good = true;
    for minor in minors {
        for (group, cases) in groups(&cases, *minor, |case| &case.wrong) {
            let root = bench.emptied(&group)?;
            let built = build::build(&root, &bench.config, *minor, &cases, |case| &case.wrong)?;
            for case in cases {
                let errors = built.errors.get(&case.name).cloned().unwrap_or_default();
                if errors.is_empty() {
                    println!("{}: compiles with PyO3 {}", case.name, built.pyo3);
                    is_good = false;
                }
                let recorded = found.entry(case.name.clone()).or_default();
                recorded.push((built.pyo3.clone(), errors));
            }
            println!("{group}: recorded");
        }
    }
    for case in cases {
        let new = found.remove(&case.name).unwrap_or_default();
        let recordings = merged(&case, &rustc, new);
        write(&case.recorded_file(), &recordings)?;
    }
    Ok(is_good)
}

/// The recordings of a case with new ones, those of versions that weren't built now kept. Versions with the same messages share one.
fn merged(case: &Case, rustc: &str, new: Vec<(String, Vec<Value>)>) -> Vec<Recording> {
    let minor_of = |version: &str| version.split('.').nth(1).map(str::to_owned);
    let is_new = |rustc_of: &str, version: &str| {
        rustc_of == rustc
            && new
                .iter()
                .any(|(one, _)| minor_of(one) == minor_of(version))
    };
    let covers = |version: &str| {
        minor_of(version)
            .and_then(|minor| minor.parse().ok())
            .is_some_and(|minor| case.covers(minor))
    };
    let mut all: Vec<(String, String, Vec<Value>)> = Vec::new();
    for one in &case.recorded {
        for version in &one.pyo3 {
            if covers(version) && !is_new(&one.rustc, version) {
                all.push((one.rustc.clone(), version.clone(), one.messages.clone()));
            }
        }
    }
    all.extend(
        new.into_iter()
            .map(|(version, messages)| (rustc.to_owned(), version, messages)),
    );
    all.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut recordings: Vec<Recording> = Vec::new();
    for (rustc, version, messages) in all {
        match recordings
            .iter_mut()
            .find(|one| one.rustc == rustc && one.messages == messages)
        {
            Some(same) => same.pyo3.push(version),
            None => recordings.push(Recording {
                pyo3: vec![version],
                rustc,
                messages,
            }),
        }
    }
    recordings
}

fn write(file: &Path, recordings: &[Recording]) -> anyhow::Result<()> {
    // One line for each recording: they are read by programs, and compared line by line.
    let lines: Vec<String> = recordings
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<_, _>>()?;
    std::fs::write(file, format!("[\n{}\n]\n", lines.join(",\n")))
        .with_context(|| format!("{} cannot be written", file.display()))
}

fn check(bench: &Bench, minors: &[u32], cases: &[Case]) -> anyhow::Result<bool> {
    let mut is_good = true;
    for minor in minors {
        for (group, cases) in groups(cases, *minor, |case| &case.fixed) {
            let root = bench.emptied(&format!("fixed-{group}"))?;
            let built = build::build(&root, &bench.config, *minor, &cases, |case| &case.fixed)?;
            for (name, errors) in &built.errors {
                for error in errors {
                    let rendered = error["rendered"].as_str().unwrap_or_default();
                    println!("{name} with PyO3 {}: {rendered}", built.pyo3);
                    is_good = false;
                }
            }
            println!(
                "{group}: the corrected code of {} cases was built with PyO3 {}",
                cases.len(),
                built.pyo3
            );
        }
    }
    Ok(is_good)
}
