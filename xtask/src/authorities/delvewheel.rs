//! Which DLLs a Windows wheel contains, takes from the system, or lacks, compared with `delvewheel show`.
//!
//! delvewheel doesn't examine a wheel that it has repaired itself, so it gets a copy without the file that records
//! that.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;

use anatomy::facts::Format;

use super::Answer;
use super::difference::ComparisonSite;
use super::tools::{self, Tools};
use super::wheel::Inspected;

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    if !wheel.file.contains("-win") || wheel.extensions() == 0 {
        return Ok(Answer::default());
    }
    let copy = unrepaired(wheel, &tools.directory("unrepaired")?)?;
    let text = tools::run(
        Command::new(tools.python())
            .args(["-m", "delvewheel", "show"])
            .args(["--ignore-existing", "--analyze-existing"])
            .arg(&copy),
    )?;
    let shown = Shown::read(&text);
    let place = ComparisonSite {
        authority: "delvewheel",
        wheel: &wheel.file,
        member: "",
    };
    let (bundled, from_outside) = libraries(wheel);
    let lacking: BTreeSet<String> = wheel.missing_libraries();
    Ok(Answer {
        compared: 1,
        differences: [
            place.sets("libraries in the wheel", &bundled, &shown.bundled),
            place.sets("libraries from outside", &from_outside, &shown.from_outside),
            place.sets("missing libraries", &lacking, &shown.missing),
        ]
        .into_iter()
        .flatten()
        .collect(),
    })
}

/// A copy of the wheel without delvewheel's record.
fn unrepaired(wheel: &Inspected, directory: &Path) -> anyhow::Result<PathBuf> {
    let path = directory.join(&wheel.file);
    if path.is_file() {
        return Ok(path);
    }
    let mut archive = zip::ZipArchive::new(File::open(&wheel.path)?)?;
    let half = path.with_extension("part");
    let mut writer = zip::ZipWriter::new(BufWriter::new(File::create(&half)?));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index)?;
        if !entry.name()?.ends_with(".dist-info/DELVEWHEEL") {
            writer.raw_copy_file(entry)?;
        }
    }
    writer.finish()?;
    std::fs::rename(&half, &path)?;
    Ok(path)
}

/// What the wheel's extensions and libraries are linked with: libraries in the wheel, and others.
fn libraries(wheel: &Inspected) -> (BTreeSet<String>, BTreeSet<String>) {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let is_asked_of = |path: &str| {
        let ending = Path::new(path).extension();
        ending.is_some_and(|ending| ending == "pyd" || ending == "dll")
    };
    let binaries = || wheel.binaries(&[Format::Pe]);
    let there: BTreeSet<String> = binaries().map(|binary| name(&binary.path)).collect();
    binaries()
        .filter(|binary| is_asked_of(&binary.path.to_lowercase()))
        .flat_map(|binary| &binary.facts.images)
        .flat_map(|image| &image.libraries)
        .map(|library| library.name.to_lowercase())
        .partition(|library| there.contains(library))
}

/// The three lists that it prints.
#[derive(Debug, Default, PartialEq)]
struct Shown {
    bundled: BTreeSet<String>,
    from_outside: BTreeSet<String>,
    missing: BTreeSet<String>,
}

impl Shown {
    fn read(text: &str) -> Self {
        #[derive(Clone, Copy)]
        enum List {
            Missing,
            Bundled,
            FromOutside,
        }
        let mut shown = Self::default();
        let mut list = None;
        for line in text.lines() {
            if line.contains("will be copied into") {
                list = Some(List::Missing);
            } else if line.contains("are already in the wheel") {
                list = Some(List::Bundled);
            } else if line.contains("are assumed to be present") {
                list = Some(List::FromOutside);
            }
            let Some(name) = line.strip_prefix("    ") else {
                continue;
            };
            let name = name.split(" (").next().unwrap_or(name).to_lowercase();
            if name == "none" {
                continue;
            }
            match list {
                Some(List::Missing) => {
                    // Missing libraries are external as well.
                    shown.from_outside.insert(name.clone());
                    shown.missing.insert(name);
                }
                Some(List::Bundled) => {
                    shown.bundled.insert(name);
                }
                Some(List::FromOutside) => {
                    shown.from_outside.insert(name);
                }
                None => {}
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_lists_are_read() {
        let shown = Shown::read(
            "Analyzing a.whl\n\nThe following DLLs will be copied into the wheel.\n    libpq.dll (Error: Not Found)\n\n\
             The following DLLs are already in the wheel and will not be copied.\n    None\n\n\
             The following DLLs are assumed to be present in the end user's environment and will not be copied into the wheel.\n    \
             KERNEL32.dll\n",
        );
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(
            shown,
            Shown {
                bundled: BTreeSet::new(),
                from_outside: set(&["kernel32.dll", "libpq.dll"]),
                missing: set(&["libpq.dll"]),
            }
        );
    }
}
