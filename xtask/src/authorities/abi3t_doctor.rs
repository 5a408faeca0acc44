//! Python's stable ABIs, `abi3` and `abi3t`, compared with `abi3t-doctor`.
//!
//! It goes by names: it recognises an extension by its suffix, and reports problems as codes. These of its codes are
//! about the binary, rather than about what else could be published: F301 (a suffix that no free-threaded Python looks
//! for), S203 (no init function that `abi3t` can use), S205 (symbols outside the stable ABI) and S206 (symbols newer
//! than the tag).

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anatomy::PythonVersion;
use anatomy::facts::InitProtocol;
use anatomy::wheel::WheelExtension;
use anyhow::Context;
use serde::Deserialize;

use super::Answer;
use super::difference::{ComparisonSite, Difference};
use super::tools::Tools;
use super::wheel::Inspected;

#[derive(Deserialize)]
struct Report {
    error: Option<String>,
    extensions: Vec<Extension>,
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Extension {
    path: String,
    init_hooks: BTreeSet<String>,
    export_hooks: BTreeSet<String>,
    imported_count: usize,
}

#[derive(Deserialize)]
struct Finding {
    code: String,
    subject: String,
}

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let mut answer = Answer::default();
    if !(wheel.has_abi("abi3") || wheel.has_abi("abi3t")) {
        return Ok(answer);
    }
    // It exits with 1 if it finds something.
    let said = tools.said(
        Command::new(tools.python())
            .args(["-m", "abi3t_doctor", "wheel", "--all", "--format", "json"])
            .arg(&wheel.path),
    )?;
    let reports: Vec<Report> =
        serde_json::from_str(&said.printed).context("abi3t-doctor's report")?;
    let report = reports.first().context("abi3t-doctor reported nothing")?;
    anyhow::ensure!(report.error.is_none(), "{:?}", report.error);
    for extension in &report.extensions {
        let ours = wheel.inspection.facts.binaries();
        let ours = ours.into_iter().find(|one| one.path == extension.path);
        let Some(ours) = ours else { continue };
        // In a format whose symbols it can't read, it reports none.
        if extension.imported_count == 0 {
            continue;
        }
        answer.compared += 1;
        answer
            .differences
            .extend(compare(wheel, ours, extension, &report.findings));
    }
    Ok(answer)
}

fn compare(
    wheel: &Inspected,
    ours: &WheelExtension,
    theirs: &Extension,
    findings: &[Finding],
) -> Vec<Difference> {
    let place = ComparisonSite {
        authority: "abi3t-doctor",
        wheel: &wheel.file,
        member: &ours.path,
    };
    let functions = ours.facts.init_functions();
    let of = |is_asked_for: fn(InitProtocol) -> bool| -> BTreeSet<String> {
        let functions = functions.iter();
        functions
            .filter(|function| is_asked_for(function.protocol))
            .map(|function| function.symbol.clone())
            .collect()
    };
    let init = of(|protocol| protocol != InitProtocol::Export);
    let export = of(|protocol| protocol == InitProtocol::Export);
    let codes: BTreeSet<String> = findings
        .iter()
        .filter(|finding| finding.subject == theirs.path && meaning(&finding.code).is_some())
        .filter_map(|finding| meaning(&finding.code).map(str::to_owned))
        .collect();
    [
        place.sets("init functions", &init, &theirs.init_hooks),
        place.sets("export functions", &export, &theirs.export_hooks),
        place.sets(
            "what is wrong with it",
            &wrong(wheel, ours, &init, &export),
            &codes,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const SUFFIX: &str = "suffix";
const INIT: &str = "init function";
const OUTSIDE: &str = "outside the stable ABI";
const NEWER: &str = "newer than the tag";

fn meaning(code: &str) -> Option<&'static str> {
    let meanings = BTreeMap::from([
        ("F301", SUFFIX),
        ("S203", INIT),
        ("S205", OUTSIDE),
        ("S206", NEWER),
    ]);
    meanings.get(code).copied()
}

/// The same from our facts rather than our findings, which take more than the tags into account.
fn wrong(
    wheel: &Inspected,
    ours: &WheelExtension,
    init: &BTreeSet<String>,
    export: &BTreeSet<String>,
) -> BTreeSet<String> {
    let promised = wheel.oldest_cpython();
    let is_newer = |since: PythonVersion| promised.is_some_and(|promised| since > promised);
    let symbols = || {
        let images = &ours.facts.images;
        images.iter().flat_map(|image| &image.python_api.symbols)
    };
    let mut wrong = BTreeSet::new();
    let mut say = |is_so: bool, what: &str| {
        if is_so {
            wrong.insert(what.to_owned());
        }
    };
    let is_threaded = wheel.has_abi("abi3t");
    say(is_threaded && ours.path.ends_with(".abi3.so"), SUFFIX);
    say(is_threaded && !init.is_empty() && export.is_empty(), INIT);
    say(
        symbols().any(|symbol| symbol.stable_since().is_none()),
        OUTSIDE,
    );
    say(
        symbols().any(|symbol| symbol.stable_since().is_some_and(is_newer)),
        NEWER,
    );
    wrong
}
