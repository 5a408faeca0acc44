//! The stable ABI, compared with `abi3audit`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anatomy::PythonVersion;
use anatomy::facts::Facts;
use anatomy::wheel::WheelExtension;
use anyhow::Context;
use serde::Deserialize;

use super::Answer;
use super::difference::ComparisonSite;
use super::tools::{self, Tools};
use super::wheel::Inspected;

#[derive(Deserialize)]
struct Report {
    specs: BTreeMap<String, Spec>,
}

#[derive(Deserialize)]
struct Spec {
    #[serde(default)]
    wheel: Vec<Audited>,
}

#[derive(Deserialize)]
struct Audited {
    name: String,
    result: Verdict,
}

#[derive(Deserialize)]
struct Verdict {
    baseline: String,
    computed: String,
    non_abi3_symbols: BTreeSet<String>,
    future_abi3_objects: BTreeMap<String, String>,
}

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let mut answer = Answer::default();
    if !wheel.has_abi("abi3") {
        return Ok(answer);
    }
    let report = tools
        .directory("reports")?
        .join(format!("{}.json", wheel.file));
    // It exits with 1 if it finds something, which isn't a failure here: there is still a report.
    let _ = std::fs::remove_file(&report);
    let told = tools::run(command(tools).arg(&wheel.path).arg("--output").arg(&report));
    let text = std::fs::read_to_string(&report)
        .with_context(|| format!("abi3audit left no report: {told:?}"))?;
    let parsed: Report = serde_json::from_str(&text).context("abi3audit's report")?;
    let audited: Vec<Audited> = parsed
        .specs
        .into_values()
        .flat_map(|spec| spec.wheel)
        .collect();
    for one in &audited {
        let same_name =
            |binary: &&WheelExtension| binary.path.rsplit('/').next() == Some(one.name.as_str());
        // Nothing in its report distinguishes two members with the same name: one of them must match.
        let candidates: Vec<Vec<_>> = wheel
            .inspection
            .facts
            .binaries()
            .filter(same_name)
            .map(|binary| compare(wheel, binary, &one.result))
            .collect();
        answer.compared += 1;
        let best = candidates
            .into_iter()
            .min_by_key(Vec::len)
            .with_context(|| {
                format!("abi3audit lists `{}`, which anatomy did not find", one.name)
            })?;
        answer.differences.extend(best);
    }
    let place = ComparisonSite {
        authority: "abi3audit",
        wheel: &wheel.file,
        member: "",
    };
    let ours = wheel.inspection.facts.extensions.iter();
    let names = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    answer.differences.extend(place.sets(
        "extensions",
        &ours.map(|extension| names(&extension.path)).collect(),
        &audited.into_iter().map(|one| one.name).collect(),
    ));
    Ok(answer)
}

/// Runs `abi3audit` on files, with a JSON report.
pub(super) fn command(tools: &Tools) -> Command {
    let mut command = Command::new(tools.python());
    command.args(["-m", "abi3audit", "--report"]);
    command
}

fn compare(
    wheel: &Inspected,
    binary: &WheelExtension,
    theirs: &Verdict,
) -> Vec<super::difference::Difference> {
    let place = ComparisonSite {
        authority: "abi3audit",
        wheel: &wheel.file,
        member: &binary.path,
    };
    let promised = wheel.oldest_cpython();
    let future = |version: &PythonVersion| promised.is_some_and(|promised| *version > promised);
    let symbols = || {
        let images = &binary.facts.images;
        images
            .iter()
            .flat_map(|image| &image.python_api.symbols)
            .filter(|symbol| !symbol.weak)
    };
    let outside = symbols()
        .filter(|symbol| symbol.stable_since().is_none())
        .map(|symbol| symbol.name.clone());
    let newer = symbols().filter_map(|symbol| {
        let since = symbol.stable_since().filter(future)?;
        Some(format!("{}:{since}", symbol.name))
    });
    let their_newer = theirs.future_abi3_objects.iter();
    [
        place.sets(
            "symbols outside the stable ABI",
            &outside.collect(),
            &theirs.non_abi3_symbols,
        ),
        place.sets(
            "symbols newer than the promise",
            &newer.collect(),
            &their_newer
                .map(|(name, version)| format!("{name}:{version}"))
                .collect(),
        ),
        place.values(
            "promised stable ABI",
            &promised
                .map(|version| version.to_string())
                .unwrap_or_default(),
            &theirs.baseline,
        ),
        place.values(
            "needed stable ABI",
            &needed(&binary.facts, promised),
            &theirs.computed,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The newest version that introduced a symbol of the stable ABI; symbols outside it don't count here. Like
/// `abi3audit`, this reports nothing older than the promise.
fn needed(facts: &Facts, promised: Option<PythonVersion>) -> String {
    facts
        .images
        .iter()
        .flat_map(|image| &image.python_api.symbols)
        .filter(|symbol| !symbol.weak)
        .filter_map(anatomy::python_api::PythonSymbol::stable_since)
        .chain(promised)
        .max()
        .map_or_else(|| "3.2".to_owned(), |version| version.to_string())
}
