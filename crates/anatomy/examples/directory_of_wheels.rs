//! Reads wheels, or every wheel in a directory, on all cores, and prints the time it took, for comparisons in
//! `cargo xtask bench`.
//!
//! `inspect` inspects the wheels, and `hash` also compares their binaries with the hashes in `RECORD`. `inflate` only
//! inflates the members that an inspection has to read, with the `zip` crate, like a program that isn't optimised for
//! speed.
#![allow(
    clippy::disallowed_methods,
    reason = "the example finds the files whose bytes it gives to the crate, and measures time"
)]

use std::error::Error;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use wr_anatomy::wheel::{Hashes, inspect_wheel_from};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [mode, paths @ ..] = arguments.as_slice() else {
        return Err("usage: directory_of_wheels inspect|hash|inflate DIRECTORY|WHEEL…".into());
    };
    let read: fn(&Path) -> Result<u64> = match mode.as_str() {
        "inspect" => |path| inspect(path, Hashes::OfTexts),
        "hash" => |path| inspect(path, Hashes::OfAll),
        "inflate" => inflate,
        other => return Err(format!("no such mode: {other}").into()),
    };
    let mut wheels = Vec::new();
    for path in paths.iter().map(PathBuf::from) {
        if path.is_dir() {
            let entries = std::fs::read_dir(path)?.filter_map(|entry| Some(entry.ok()?.path()));
            wheels.extend(entries.filter(|path| path.extension().is_some_and(|ext| ext == "whl")));
        } else {
            wheels.push(path);
        }
    }
    // Largest first, so that no core is left with it at the end.
    wheels.sort_by_key(|path| std::cmp::Reverse(path.metadata().map_or(0, |file| file.len())));
    let started = Instant::now();
    let bytes: u64 = wheels
        .par_iter()
        .map(|path| read(path))
        .sum::<Result<u64>>()?;
    writeln!(
        io::stdout(),
        "{} wheels, {bytes} bytes, {:.3} ms",
        wheels.len(),
        started.elapsed().as_secs_f64() * 1000.0
    )?;
    Ok(())
}

fn inspect(path: &Path, hashes: Hashes) -> Result<u64> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let found = inspect_wheel_from(BufReader::new(File::open(path)?), &name, hashes)?;
    Ok(found.facts.binaries().map(|binary| binary.facts.size).sum())
}

/// The relevant members of a wheel: binaries, and the text files in `.dist-info` that are read.
fn is_read(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let is_text = ["METADATA", "WHEEL", "RECORD"].contains(&file) || name.contains("/sboms/");
    let is_binary = [".so", ".pyd", ".dll", ".dylib"]
        .iter()
        .any(|suffix| file.ends_with(suffix))
        || file.contains(".so.")
        || name.contains(".data/scripts/");
    is_binary || (name.contains(".dist-info/") && is_text)
}

fn inflate(path: &Path) -> Result<u64> {
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(path)?))?;
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.map(std::borrow::Cow::into_owned))
        .collect::<std::result::Result<_, _>>()?;
    let mut bytes = 0;
    for name in names.iter().filter(|name| is_read(name)) {
        let mut member = archive.by_name(name)?;
        let mut content = Vec::with_capacity(usize::try_from(member.size())?);
        bytes += io::copy(&mut member, &mut content)?;
    }
    Ok(bytes)
}
