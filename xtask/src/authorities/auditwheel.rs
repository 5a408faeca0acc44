//! The Linux policies and symbol versions, compared with `auditwheel show`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anatomy::facts::Format;
use anyhow::Context;
use serde::Deserialize;

use super::Answer;
use super::difference::ComparisonSite;
use super::tools::{self, Tools};
use super::wheel::Inspected;

#[derive(Deserialize)]
struct Shown {
    overall_tag: String,
    versioned_symbols: BTreeMap<String, BTreeSet<String>>,
}

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    if !wheel.is_for_linux() {
        return Ok(Answer::default());
    }
    // Libraries are looked up in an empty directory: on a system with another C library, auditwheel would take that
    // system's files for the wheel's, and fail on them.
    let nowhere = tools.directory("nowhere")?;
    let text = tools::run(
        Command::new(tools.python())
            .args([
                "-m",
                "auditwheel",
                "show",
                "--json",
                "--allow-pure-python-wheel",
                "--ldpaths",
            ])
            .arg(nowhere)
            .arg(&wheel.path),
    )?;
    let shown: Shown = serde_json::from_str(&text).context("what auditwheel printed")?;
    let place = ComparisonSite {
        authority: "auditwheel",
        wheel: &wheel.file,
        member: "",
    };
    let facts = &wheel.inspection.facts;
    // A program that isn't linked with any C library satisfies both kinds of policies.
    let is_musl = wheel.file.contains("musllinux")
        && !(wheel.file.contains("manylinux") && shown.overall_tag.starts_with("manylinux"));
    let family = if is_musl {
        facts.oldest_musllinux()
    } else {
        facts.oldest_manylinux()
    };
    let (_, architecture) = shown.overall_tag.split_once('_').unwrap_or_default();
    let architecture =
        architecture.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
    let ours = family.map_or_else(
        || format!("linux_{architecture}"),
        |policy| format!("{policy}_{architecture}"),
    );
    let their_versions: BTreeSet<String> = shown
        .versioned_symbols
        .iter()
        .flat_map(|(library, versions)| {
            versions
                .iter()
                .map(move |version| format!("{library}:{version}"))
        })
        .collect();
    Ok(Answer {
        compared: 1,
        differences: [
            if is_musl {
                place.values("policy", family_of(&ours), family_of(&shown.overall_tag))
            } else {
                place.values("policy", &ours, &shown.overall_tag)
            },
            place.sets("symbol versions", &versions(wheel), &their_versions),
        ]
        .into_iter()
        .flatten()
        .collect(),
    })
}

/// The family of a policy, without its version. Except on a musl system, auditwheel only checks against the newest
/// musllinux policy (and warns about it); in its table all of them have the same libraries and no symbol versions.
fn family_of(policy: &str) -> &str {
    policy.split('_').next().unwrap_or(policy)
}

/// The versions that a wheel's binaries need. The loader's own are left out, as `auditwheel` does.
fn versions(wheel: &Inspected) -> BTreeSet<String> {
    wheel
        .binaries(&[Format::Elf])
        .flat_map(|binary| &binary.facts.images)
        .flat_map(|image| &image.version_needs)
        .filter(|need| !need.library.starts_with("ld-linux") && !need.library.starts_with("ld64."))
        .map(|need| format!("{}:{}", need.library, need.version))
        .collect()
}
