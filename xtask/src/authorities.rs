//! `cargo xtask authorities`: what `anatomy` says of published wheels, against what the tools say that the field trusts.
//!
//! Each of them knows one aspect: `abi3audit` the stable ABI, `auditwheel` the Linux policies, `readelf` and LLVM the
//! formats. Where we differ, one of us is wrong: either our reader is mended, or the difference is written down in
//! `xtask/data/authorities/known.toml` with the evidence. In the same way each rule that fires on a published wheel is in
//! `findings.toml`, with the reason why it is right. The command succeeds only when every difference and every finding is
//! there, and when nothing that is there has vanished.

mod abi3audit;
mod auditwheel;
mod difference;
mod findings;
mod known;
mod list;
mod llvm;
mod members;
mod readelf;
mod report;
mod tools;
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

/// What `cargo xtask authorities` understands.
#[derive(Debug, Args)]
pub(crate) struct Authorities {
    /// Only wheels whose file name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Write the table to the book as well
    #[arg(long)]
    write: bool,
}

/// Where everything lies that is fetched or made; it may be deleted at any time.
pub(crate) fn place() -> anyhow::Result<PathBuf> {
    Ok(crate::tidy::workspace_root()?.join("target/authorities"))
}

/// Fetches the wheels of the list that are not there yet.
pub(crate) fn fetch() -> anyhow::Result<Vec<PathBuf>> {
    let place = place()?;
    let tools = Tools::prepare(&place)?;
    list::fetch(&list::read()?, &tools, &place.join("wheels"))
}

/// The Python in which the Python tools are installed.
pub(crate) fn python() -> anyhow::Result<PathBuf> {
    Ok(Tools::prepare(&place()?)?.python().to_owned())
}

/// Unpacks the first extension of a wheel below `target`, and returns where it is.
pub(crate) fn first_extension(wheel: &Path) -> anyhow::Result<PathBuf> {
    let tools = Tools::prepare(&place()?)?;
    let inspected = Inspected::read(wheel)?;
    let extension = inspected.inspection.facts.extensions.first();
    let extension = extension.with_context(|| format!("{} has no extension", inspected.file))?;
    members::unpacked(&inspected, &extension.path, &tools)
}

/// Compares, prints, and says whether everything was known.
pub(crate) fn run(arguments: &Authorities) -> anyhow::Result<bool> {
    let place = place()?;
    let tools = Tools::prepare(&place)?;
    Tools::check_system()?;
    let mut listed = list::read()?;
    if let Some(only) = &arguments.only {
        listed.retain(|one| one.file.contains(only.as_str()));
    }
    anyhow::ensure!(!listed.is_empty(), "no wheel of the list fits");
    let paths = list::fetch(&listed, &tools, &place.join("wheels"))?;
    println!("inspecting {} wheels", paths.len());
    let inspected: Vec<Inspected> = paths
        .par_iter()
        .map(|path| Inspected::read(path))
        .collect::<anyhow::Result<_>>()?;
    let mut report = Report::new(Tools::versions()?, &inspected);
    for (name, ask) in AUTHORITIES {
        println!("asking {name}");
        report.asked(name, &ask_all(*ask, &inspected, &tools)?);
    }
    let known = Known::read()?;
    let is_whole = arguments.only.is_none();
    report.judge(&known, is_whole);
    println!("{}", report.text());
    if arguments.write {
        anyhow::ensure!(
            is_whole,
            "`--write` needs the whole list: leave `--only` out"
        );
        report.write()?;
    }
    Ok(report.is_good())
}

/// What one authority says of one wheel: how much was compared, and where we differ.
#[derive(Debug, Default)]
struct Answer {
    compared: usize,
    differences: Vec<Difference>,
}

type Ask = fn(&Inspected, &Tools) -> anyhow::Result<Answer>;

/// The authorities, in the order of the report.
const AUTHORITIES: &[(&str, Ask)] = &[
    ("abi3audit", abi3audit::ask),
    ("auditwheel", auditwheel::ask),
    ("readelf", readelf::ask),
    ("llvm", llvm::ask),
    ("obj2yaml", wasm::ask),
];

fn ask_all(ask: Ask, inspected: &[Inspected], tools: &Tools) -> anyhow::Result<Vec<Answer>> {
    inspected
        .par_iter()
        .map(|wheel| ask(wheel, tools).map_err(|error| error.context(wheel.file.clone())))
        .collect()
}
