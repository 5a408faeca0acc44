//! `cargo xtask authorities`: compares what `anatomy` says about published wheels with the tools that people trust.
//!
//! Each of them knows one aspect: `abi3audit` and `abi3t-doctor` the stable ABIs; `auditwheel`, `delvewheel` and
//! `delocate` which libraries a system has; `readelf`, LLVM and `wasm-objdump` the formats; `packaging` names and
//! metadata; pip and uv what can be installed. If we differ, one of us is wrong: either we fix our reader, or we record
//! the difference in `xtask/data/authorities/known.toml` with the evidence. Likewise, every rule that fires on a
//! published wheel is recorded in `findings.toml`, with the reason why it's right. Copies of some wheels under other
//! tags show that wrong tags are found and right ones pass; broken copies show that we find what installers refuse. The
//! command succeeds only if every difference and every finding is known, no known one has vanished, and every copy is
//! judged as the list says.

mod abi3audit;
mod abi3t_doctor;
mod auditwheel;
mod broken;
mod check_wheel_contents;
mod delocate;
mod delvewheel;
mod difference;
mod findings;
mod headers;
mod known;
mod list;
mod llvm;
mod members;
mod obj2yaml;
mod packaging;
mod pip;
mod readelf;
mod report;
mod retagged;
mod tools;
mod uv;
mod wasm;
mod wheel;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;

use difference::Difference;
use known::Known;
use report::Report;
use tools::Tools;
use wheel::Inspected;

/// The arguments of `cargo xtask authorities`.
#[derive(Debug, Args)]
pub(crate) struct Authorities {
    /// Only wheels whose file name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Only this authority
    #[arg(long, value_name = "NAME", conflicts_with = "write")]
    authority: Option<String>,
    /// Only the copies: those under other tags, and the broken ones
    #[arg(long, conflicts_with = "write")]
    copies: bool,
    /// Also write the table to the book
    #[arg(long)]
    write: bool,
}

/// Where everything that is fetched or made is kept; you can delete it at any time.
pub(crate) fn place() -> anyhow::Result<PathBuf> {
    Ok(crate::tidy::workspace_root()?.join("target/authorities"))
}

/// Fetches the wheels on the list that are missing.
pub(crate) fn fetch() -> anyhow::Result<Vec<PathBuf>> {
    let place = place()?;
    let tools = Tools::prepare(&place)?;
    list::fetch(&list::read()?, &tools, &place.join("wheels"))
}

/// The Python that has the Python tools installed.
pub(crate) fn python() -> anyhow::Result<PathBuf> {
    Ok(Tools::prepare(&place()?)?.python().to_owned())
}

/// Unpacks the first extension of a wheel to `target`, and returns its path.
pub(crate) fn first_extension(wheel: &Path) -> anyhow::Result<PathBuf> {
    let tools = Tools::prepare(&place()?)?;
    let inspected = Inspected::read(wheel)?;
    let extension = inspected.inspection.facts.extensions.first();
    let extension = extension.with_context(|| format!("{} has no extension", inspected.file))?;
    members::unpacked(&inspected, &extension.path, &tools)
}

/// Compares, prints, and returns whether everything was known.
pub(crate) fn run(arguments: &Authorities) -> anyhow::Result<bool> {
    let place = place()?;
    let tools = Tools::prepare(&place)?;
    Tools::check_system()?;
    let mut listed = list::read()?;
    if let Some(only) = &arguments.only {
        listed.retain(|one| one.file.contains(only.as_str()));
    }
    anyhow::ensure!(!listed.is_empty(), "no wheel on the list matches");
    let paths = list::fetch(&listed, &tools, &place.join("wheels"))?;
    println!("inspecting {} wheels", paths.len());
    let inspected: Vec<Inspected> = paths
        .par_iter()
        .map(|path| Inspected::read(path))
        .collect::<anyhow::Result<_>>()?;
    if arguments.copies {
        let outcome = retagged::inspect(&inspected, &tools)?;
        println!("{}", outcome.text());
        let broken = broken::inspect(&inspected, &tools)?.unwrap_or_default();
        println!("{}\n{}", broken.text(), broken.surprises.join("\n"));
        return Ok(outcome.surprises.is_empty() && broken.surprises.is_empty());
    }
    let mut report = Report::new(Tools::versions()?, &inspected);
    for (name, ask) in AUTHORITIES {
        if arguments
            .authority
            .as_deref()
            .is_some_and(|one| one != *name)
        {
            continue;
        }
        println!("asking {name}");
        report.asked(name, &ask_all(name, *ask, &inspected, &tools));
    }
    if arguments.authority.is_none() {
        println!("inspecting copies under other tags");
        report.retagged(retagged::inspect(&inspected, &tools)?);
        println!("inspecting broken copies");
        report.broken(broken::inspect(&inspected, &tools)?);
    }
    let known = Known::read()?;
    let is_whole = arguments.only.is_none() && arguments.authority.is_none();
    report.judge(&known, is_whole);
    println!("{}", report.text());
    if arguments.write {
        anyhow::ensure!(
            is_whole,
            "`--write` needs the whole list: leave out `--only`"
        );
        report.write()?;
    }
    Ok(report.is_good())
}

/// What one authority says about one wheel: how much was compared, and where we differ.
#[derive(Debug, Default)]
struct Answer {
    compared: usize,
    differences: Vec<Difference>,
}

type Ask = fn(&Inspected, &Tools) -> anyhow::Result<Answer>;

/// The authorities, in the order of the report.
const AUTHORITIES: &[(&str, Ask)] = &[
    ("abi3audit", abi3audit::ask),
    ("abi3t-doctor", abi3t_doctor::ask),
    ("auditwheel", auditwheel::ask),
    ("delvewheel", delvewheel::ask),
    ("delocate", delocate::ask),
    ("readelf", readelf::ask),
    ("llvm", llvm::ask),
    ("llvm headers", headers::ask),
    ("obj2yaml", obj2yaml::ask),
    ("wasm-objdump", wasm::ask),
    ("packaging", packaging::ask),
    ("check-wheel-contents", check_wheel_contents::ask),
    ("pip", pip::ask),
    ("uv", uv::ask),
];

/// Asks about each wheel. If a tool fails on one, that is reported like a difference, and the others still follow.
fn ask_all(name: &'static str, ask: Ask, inspected: &[Inspected], tools: &Tools) -> Vec<Answer> {
    let failed = |wheel: &Inspected, error: anyhow::Error| Answer {
        compared: 0,
        differences: vec![Difference {
            authority: name,
            wheel: wheel.file.clone(),
            member: String::new(),
            subject: "whether it answers".to_owned(),
            ours: String::new(),
            theirs: tools.without_place(&format!("{error:#}").replace('\n', " ")),
        }],
    };
    inspected
        .par_iter()
        .map(|wheel| ask(wheel, tools).unwrap_or_else(|error| failed(wheel, error)))
        .collect()
}
