//! Whether pip accepts the wheel, on a system that it's tagged for.
//!
//! It runs with `--dry-run`, which reads the file's name, `WHEEL` and `METADATA`. The required Python and the tags
//! count, but not the other distributions that it depends on.

use std::collections::BTreeSet;
use std::process::Command;

use anatomy::wheel::Tag;
use anyhow::Context;

use super::Answer;
use super::difference::ComparisonSite;
use super::list;
use super::tools::Tools;
use super::wheel::Inspected;

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let refusal = refusal(wheel, tools)?;
    let place = ComparisonSite {
        authority: "pip",
        wheel: &wheel.file,
        member: "",
    };
    let ours = wheel.fired(&["WR0608", "WR0609"]);
    Ok(Answer {
        compared: 1,
        differences: place
            .verdicts("whether it can be installed", &ours, refusal.as_deref())
            .into_iter()
            .collect(),
    })
}

/// pip's message if it refuses the wheel.
pub(super) fn refusal(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Option<String>> {
    let tags = &wheel.inspection.facts.name.tags;
    let versions: BTreeSet<&str> = tags.iter().map(|tag| tag.python.as_str()).collect();
    let target = tools.directory("pip-target")?;
    // The wheel is for several Pythons, and it's enough if one accepts it: an old `abi3` wheel may require a later
    // Python.
    let mut refusals = Vec::new();
    let mut is_taken = false;
    for version in versions {
        let tag = tags.iter().find(|tag| tag.python == version);
        for options in attempts(tag.context("the wheel has no tag")?, tags) {
            let said = tools.said(
                Command::new(tools.python())
                    .args([
                        "-m",
                        "pip",
                        "install",
                        "--dry-run",
                        "--no-deps",
                        "--no-index",
                    ])
                    .args([
                        "--disable-pip-version-check",
                        "--only-binary=:all:",
                        "--target",
                    ])
                    .arg(&target)
                    .args(&options)
                    .arg(&wheel.path),
            )?;
            if said.code == Some(0) {
                is_taken = true;
                break;
            }
            refusals.push(said.last_error());
        }
        if is_taken {
            break;
        }
    }
    Ok(refusals.pop().filter(|_| !is_taken))
}

/// The options for a Python that the tag names, and for the newest one if it's for all later ones too.
fn attempts(tag: &Tag, tags: &[Tag]) -> Vec<Vec<String>> {
    let own = list::options(tag, tags);
    let is_open = tag.abi.starts_with("abi3") || tag.python.starts_with("py");
    let mut all = vec![own.clone()];
    if is_open && own.iter().all(|option| option != NEWEST) {
        let newest = own.into_iter().map(|option| {
            if option.starts_with("--python-version=") {
                NEWEST.to_owned()
            } else {
                option
            }
        });
        all.push(newest.collect());
    }
    all
}

const NEWEST: &str = "--python-version=3.15";
