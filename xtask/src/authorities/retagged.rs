//! Copies of published wheels under other tags: each wrong tag is found, and each right one passes.
//!
//! `xtask/data/authorities/retagged.toml` says which wheel gets which tags, and what the result should be. The copies
//! are made with `wheel tags`, the way people make them: it renames the file and changes `WHEEL` and `RECORD`, and
//! nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use rayon::prelude::*;
use serde::Deserialize;

use super::tools::{self, Tools};
use super::wheel::Inspected;

const LIST: &str = "xtask/data/authorities/retagged.toml";

/// A copy of a wheel on the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Retagged {
    /// The wheel's file name.
    wheel: String,
    python: Option<String>,
    abi: Option<String>,
    platform: Option<String>,
    /// The rules that must fire on it in addition to those that fire on the wheel itself; none if the new tags are also
    /// true.
    #[serde(default)]
    findings: BTreeSet<String>,
    /// Why the new tags are wrong, or why they're true.
    reason: String,
}

#[derive(Deserialize)]
struct List {
    copy: Vec<Retagged>,
}

fn read() -> anyhow::Result<Vec<Retagged>> {
    let path = crate::tidy::workspace_root()?.join(LIST);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {LIST}"))?;
    let list: List = toml::from_str(&text).context(LIST)?;
    Ok(list.copy)
}

/// The results for the copies.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// How many have wrong tags.
    pub(super) wrong: usize,
    /// How many have true tags.
    pub(super) right: usize,
    /// Findings that the list doesn't expect, or expected ones that are missing.
    pub(super) surprises: Vec<String>,
}

impl Outcome {
    /// The text of the report.
    pub(super) fn text(&self) -> String {
        let mut text = format!(
            "Copies under other tags: {}. Each of the {} with a wrong tag has the listed finding, and the {} with a correct tag have none",
            self.wrong + self.right,
            self.wrong,
            self.right
        );
        if self.surprises.is_empty() {
            text.push('.');
        } else {
            text += &format!(
                ", except {}:\n\n{}",
                self.surprises.len(),
                self.surprises.join("\n")
            );
        }
        text
    }
}

/// Makes copies of the given wheels, inspects them and compares.
pub(super) fn inspect(wheels: &[Inspected], tools: &Tools) -> anyhow::Result<Outcome> {
    let list = read()?;
    let pairs: Vec<(&Retagged, &Inspected)> = list
        .iter()
        .filter_map(|copy| Some((copy, wheels.iter().find(|wheel| wheel.file == copy.wheel)?)))
        .collect();
    let surprises: Vec<Option<String>> = pairs
        .par_iter()
        .map(|(copy, wheel)| surprise(copy, wheel, tools))
        .collect::<anyhow::Result<_>>()?;
    let wrong = pairs.iter().filter(|(copy, _)| !copy.findings.is_empty());
    let wrong = wrong.count();
    Ok(Outcome {
        wrong,
        right: pairs.len() - wrong,
        surprises: surprises.into_iter().flatten().collect(),
    })
}

fn surprise(copy: &Retagged, wheel: &Inspected, tools: &Tools) -> anyhow::Result<Option<String>> {
    let path = make(copy, &wheel.path, &tools.directory("retagged")?, tools)
        .with_context(|| copy.title())?;
    let retagged = Inspected::read(&path)?;
    let codes = |wheel: &Inspected| -> BTreeSet<String> {
        let findings = wheel.inspection.diagnostics.iter();
        findings.map(|finding| finding.code.to_string()).collect()
    };
    let found: BTreeSet<String> = codes(&retagged)
        .difference(&codes(wheel))
        .cloned()
        .collect();
    if found == copy.findings {
        return Ok(None);
    }
    let messages: Vec<String> = retagged
        .inspection
        .diagnostics
        .iter()
        .map(|finding| format!("    {}: {}", finding.code, finding.message))
        .collect();
    let or_none = |codes: &BTreeSet<String>| match codes.len() {
        0 => "nothing".to_owned(),
        _ => codes.iter().cloned().collect::<Vec<_>>().join(" "),
    };
    Ok(Some(format!(
        "{}: expected {} ({}), got {}\n{}",
        copy.title(),
        or_none(&copy.findings),
        copy.reason,
        or_none(&found),
        messages.join("\n")
    )))
}

/// Makes the copy, unless it exists from an earlier run.
fn make(copy: &Retagged, wheel: &Path, directory: &Path, tools: &Tools) -> anyhow::Result<PathBuf> {
    let directory = directory.join(copy.title());
    let note = directory.join("name");
    if let Ok(name) = fs::read_to_string(&note) {
        return Ok(directory.join(name));
    }
    fs::create_dir_all(&directory)?;
    let original = directory.join(&copy.wheel);
    if !original.is_file() {
        fs::hard_link(wheel, &original)?;
    }
    let mut command = Command::new(tools.python());
    command.args(["-m", "wheel", "tags"]);
    for (option, tag) in [
        ("--python-tag", &copy.python),
        ("--abi-tag", &copy.abi),
        ("--platform-tag", &copy.platform),
    ] {
        if let Some(tag) = tag {
            command.arg(format!("{option}={tag}"));
        }
    }
    let text = tools::run(command.arg("--remove").arg(&original))?;
    let name = text.lines().last().unwrap_or_default().trim();
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    anyhow::ensure!(
        directory.join(&name).is_file(),
        "`wheel tags` made no `{name}`"
    );
    fs::write(note, &name)?;
    Ok(directory.join(name))
}

impl Retagged {
    fn title(&self) -> String {
        let tag = |tag: &Option<String>| tag.clone().unwrap_or_else(|| "same".to_owned());
        let distribution: Vec<&str> = self.wheel.split('-').collect();
        let own = distribution.get(2..).unwrap_or_default().join("-");
        format!(
            "{} {} as {}-{}-{}",
            distribution.first().unwrap_or(&""),
            own.trim_end_matches(".whl"),
            tag(&self.python),
            tag(&self.abi),
            tag(&self.platform)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_copy_is_of_a_listed_wheel_and_says_why() {
        let listed: BTreeSet<String> = super::super::list::read()
            .unwrap()
            .into_iter()
            .map(|one| one.file)
            .collect();
        let copies = read().unwrap();
        assert!(copies.len() >= 40, "{}", copies.len());
        let mut titles = BTreeSet::new();
        for copy in &copies {
            assert!(listed.contains(&copy.wheel), "{}", copy.wheel);
            assert!(copy.reason.len() >= 20, "{}", copy.title());
            assert!(titles.insert(copy.title()), "{} twice", copy.title());
        }
        let right = copies.iter().filter(|copy| copy.findings.is_empty());
        assert!(right.count() >= 8);
    }
}
