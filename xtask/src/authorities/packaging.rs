//! A wheel's name, tags and metadata, compared with the library `packaging`, which pip and twine use.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::Context;
use serde::Deserialize;

use super::Answer;
use super::difference::ComparisonSite;
use super::tools::{self, Tools};
use super::wheel::Inspected;

const SCRIPT: &str = include_str!("packaging.py");

#[derive(Deserialize)]
struct Said {
    tags: BTreeSet<String>,
    #[serde(default)]
    distribution: String,
    #[serde(default)]
    version: String,
    metadata: Metadata,
    errors: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    name: Option<String>,
    version: Option<String>,
    requires_python: Option<String>,
    requires_dist: BTreeSet<String>,
}

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let text = tools::run(
        Command::new(tools.python())
            .args(["-c", SCRIPT])
            .arg(&wheel.path),
    )?;
    let theirs: Said = serde_json::from_str(&text).context("what packaging said")?;
    let place = ComparisonSite {
        authority: "packaging",
        wheel: &wheel.file,
        member: "",
    };
    let facts = &wheel.inspection.facts;
    let (name, ours) = (&facts.name, &facts.metadata);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let tags = name.tags.iter().map(ToString::to_string).collect();
    let refused = (!theirs.errors.is_empty()).then(|| theirs.errors.join("; "));
    Ok(Answer {
        compared: 1,
        differences: [
            place.sets("tags", &tags, &theirs.tags),
            place.values(
                "distribution",
                &name.distribution.to_lowercase().replace(['_', '.'], "-"),
                &theirs.distribution,
            ),
            place.values("version", &name.version, &theirs.version),
            place.values("Name", &text(&ours.name), &text(&theirs.metadata.name)),
            place.values(
                "Version",
                &text(&ours.version),
                &text(&theirs.metadata.version),
            ),
            place.values(
                "Requires-Python",
                &text(&ours.requires_python),
                &text(&theirs.metadata.requires_python),
            ),
            place.sets(
                "Requires-Dist",
                &ours.requires_dist.iter().cloned().collect(),
                &theirs.metadata.requires_dist,
            ),
            place.verdicts(
                "name and metadata",
                &wheel.fired(&["WR0608"]),
                refused.as_deref(),
            ),
        ]
        .into_iter()
        .flatten()
        .collect(),
    })
}
