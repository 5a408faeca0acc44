//! Copies of a published wheel, each broken in one way: whatever installers refuse has a finding.
//!
//! Published wheels can be installed, so they don't show when a wheel can't be. `broken.py` makes the copies. For each,
//! `xtask/data/authorities/broken.toml` says what we find and who refuses it, with the reason if the two differ.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use rayon::prelude::*;
use serde::Deserialize;

use super::tools::{self, Tools};
use super::wheel::Inspected;
use super::{check_wheel_contents, pip, uv};

const LIST: &str = "xtask/data/authorities/broken.toml";
const SCRIPT: &str = include_str!("broken.py");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    /// The wheel that is copied.
    wheel: String,
    copy: Vec<Broken>,
}

/// One way of breaking a copy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Broken {
    /// Its name in `broken.py`.
    way: String,
    /// The rules that fire on it in addition to those that fire on the wheel itself.
    #[serde(default)]
    findings: BTreeSet<String>,
    /// Who refuses it.
    #[serde(default)]
    refused_by: BTreeSet<String>,
    /// Why our finding isn't refused, or not by everyone.
    #[serde(default)]
    reason: String,
}

fn read() -> anyhow::Result<List> {
    let path = crate::tidy::workspace_root()?.join(LIST);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {LIST}"))?;
    toml::from_str(&text).context(LIST)
}

/// The results for the copies.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    copies: usize,
    refused: usize,
    /// Findings or refusals that the list doesn't expect, or expected ones that are missing.
    pub(super) surprises: Vec<String>,
}

impl Outcome {
    /// The text of the report.
    pub(super) fn text(&self) -> String {
        format!(
            "Broken copies: {}. Pip, uv or check-wheel-contents refuse {} of them, and each of these has a finding.",
            self.copies, self.refused
        )
    }
}

/// Makes the copies, inspects them, and runs the installers. Does nothing if the wheel isn't among the given ones.
pub(super) fn inspect(wheels: &[Inspected], tools: &Tools) -> anyhow::Result<Option<Outcome>> {
    let list = read()?;
    let Some(wheel) = wheels.iter().find(|wheel| wheel.file == list.wheel) else {
        return Ok(None);
    };
    let directory = tools.directory("broken")?;
    tools::run(
        Command::new(tools.python())
            .args(["-c", SCRIPT])
            .arg(&wheel.path)
            .arg(&directory),
    )?;
    let surprises: Vec<Option<String>> = list
        .copy
        .par_iter()
        .map(|copy| surprise(copy, &directory, tools).with_context(|| copy.way.clone()))
        .collect::<anyhow::Result<_>>()?;
    let refused = list.copy.iter().filter(|copy| !copy.refused_by.is_empty());
    Ok(Some(Outcome {
        copies: list.copy.len(),
        refused: refused.count(),
        surprises: surprises.into_iter().flatten().collect(),
    }))
}

fn surprise(copy: &Broken, directory: &Path, tools: &Tools) -> anyhow::Result<Option<String>> {
    let inspected = Inspected::read(&wheel_in(&directory.join(&copy.way))?)?;
    let findings = inspected.inspection.diagnostics.iter();
    let found: BTreeSet<String> = findings.map(|finding| finding.code.to_string()).collect();
    let uv = match uv::verdict(&inspected, tools)? {
        uv::Verdict::Unasked => anyhow::bail!("uv can't be asked about this wheel"),
        uv::Verdict::Taken => None,
        uv::Verdict::Refused(words) => Some(words),
    };
    let refusals: Vec<(&str, String)> = [
        (
            "check-wheel-contents",
            check_wheel_contents::refusal(&inspected, tools)?,
        ),
        ("pip", pip::refusal(&inspected, tools)?),
        ("uv", uv),
    ]
    .into_iter()
    .filter_map(|(who, words)| Some((who, words?)))
    .collect();
    let refused_by: BTreeSet<String> = refusals.iter().map(|(who, _)| (*who).to_owned()).collect();
    if found == copy.findings && refused_by == copy.refused_by {
        return Ok(None);
    }
    let words = |all: &BTreeSet<String>| all.iter().cloned().collect::<Vec<_>>().join(" ");
    let said: Vec<String> = refusals
        .iter()
        .map(|(who, said)| format!("    {who}: {said}"))
        .collect();
    Ok(Some(format!(
        "a copy with {}: expected the findings [{}], got [{}]; expected a refusal by [{}], got one by [{}] ({})\n{}",
        copy.way,
        words(&copy.findings),
        words(&found),
        words(&copy.refused_by),
        words(&refused_by),
        copy.reason,
        said.join("\n")
    )))
}

fn wheel_in(directory: &Path) -> anyhow::Result<PathBuf> {
    let mut files = fs::read_dir(directory)?;
    let file = files.next().context("broken.py made no such copy")??;
    Ok(file.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_found_and_every_difference_has_a_reason() {
        let list = read().unwrap();
        assert!(list.copy.len() >= 20, "{}", list.copy.len());
        for copy in &list.copy {
            let is_refused = !copy.refused_by.is_empty();
            assert!(!is_refused || !copy.findings.is_empty(), "{}", copy.way);
            if copy.refused_by.len() < 3 && !copy.findings.is_empty() {
                assert!(copy.reason.len() >= 20, "{}", copy.way);
            }
            let in_script = format!("\"{}\":", copy.way);
            assert!(SCRIPT.contains(&in_script), "{}", copy.way);
        }
    }
}
