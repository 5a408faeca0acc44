//! The imports and exports of Mach-O and PE files, compared with LLVM's `llvm-readobj` and `llvm-nm`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anatomy::facts::{Format, Image};
use anatomy::wheel::WheelExtension;

use super::Answer;
use super::difference::{ComparisonSite, Difference};
use super::members;
use super::tools::{self, Tools};
use super::wheel::{self, Inspected, is_init_function};

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let mut answer = Answer::default();
    for binary in wheel.binaries(&[Format::MachO, Format::UniversalMachO, Format::Pe]) {
        let path = members::unpacked(wheel, &binary.path, tools)?;
        let theirs = if binary.facts.format == Format::Pe {
            dll(&path)?
        } else {
            macho(&path)?
        };
        answer.compared += 1;
        answer.differences.extend(compare(wheel, binary, &theirs));
    }
    Ok(answer)
}

const NEEDED: &str = "needed libraries";
const IMPORTS: &str = "undefined symbols";
const INIT: &str = "init functions";

/// By architecture and subject.
type Said = BTreeMap<(String, &'static str), BTreeSet<String>>;

fn compare(wheel: &Inspected, binary: &WheelExtension, theirs: &Said) -> Vec<Difference> {
    let place = ComparisonSite {
        authority: "llvm",
        wheel: &wheel.file,
        member: &binary.path,
    };
    let mut ours = Said::new();
    for image in &binary.facts.images {
        say(image, &mut ours);
    }
    let keys: BTreeSet<&(String, &'static str)> = ours.keys().chain(theirs.keys()).collect();
    let none = BTreeSet::new();
    keys.into_iter()
        .filter_map(|key| {
            let subject = format!("{} ({})", key.1, key.0);
            place.sets(
                &subject,
                ours.get(key).unwrap_or(&none),
                theirs.get(key).unwrap_or(&none),
            )
        })
        .collect()
}

fn say(image: &Image, said: &mut Said) {
    let architecture = wheel::architecture(image);
    let mut add = |subject, text: String| {
        said.entry((architecture.clone(), subject))
            .or_default()
            .insert(text);
    };
    let is_dll = image.format == Format::Pe;
    for library in &image.libraries {
        add(NEEDED, library.name.clone());
    }
    // LLVM counts a Mach-O library's own name among those it needs.
    if let Some(name) = image.own_name.as_ref().filter(|_| !is_dll) {
        add(NEEDED, name.clone());
    }
    for import in &image.imports {
        let library = import.library.as_ref().filter(|_| is_dll);
        add(
            IMPORTS,
            match library {
                Some(library) => format!("{library}:{}", import.name),
                None => import.name.clone(),
            },
        );
    }
    for function in &image.init_functions {
        add(INIT, function.symbol.clone());
    }
}

/// Translates LLVM's names of architectures to ours.
pub(super) fn architecture(name: &str) -> String {
    match name {
        "i386" => "x86".to_owned(),
        "arm64" => "aarch64".to_owned(),
        name => name.to_owned(),
    }
}

fn dll(path: &Path) -> anyhow::Result<Said> {
    let text = tools::run(
        Command::new("llvm-readobj")
            .args(["--needed-libs", "--coff-imports", "--coff-exports"])
            .arg(path),
    )?;
    let mut said = needed(&text);
    let (mut arch, mut library) = (String::new(), "");
    for line in text.lines() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix("Arch: ") {
            arch = architecture(name);
        } else if let Some(name) = line.strip_prefix("Name: ") {
            library = name;
            if is_init_function(name) {
                said.entry((arch.clone(), INIT))
                    .or_default()
                    .insert(name.to_owned());
            }
        } else if let Some(symbol) = line.strip_prefix("Symbol: ")
            && let Some((name, number)) = symbol.rsplit_once(" (")
        {
            // Imports by ordinal have no name.
            let name = if name.is_empty() {
                format!("#{}", number.trim_end_matches(')'))
            } else {
                name.to_owned()
            };
            said.entry((arch.clone(), IMPORTS))
                .or_default()
                .insert(format!("{library}:{name}"));
        }
    }
    Ok(said)
}

fn macho(path: &Path) -> anyhow::Result<Said> {
    let text = tools::run(Command::new("llvm-readobj").arg("--needed-libs").arg(path))?;
    let mut said = needed(&text);
    let architectures: BTreeSet<String> = said.keys().map(|(name, _)| name.clone()).collect();
    for arch in &architectures {
        let llvm_name = match arch.as_str() {
            "aarch64" => "arm64",
            "x86" => "i386",
            arch => arch,
        };
        for (options, subject) in [
            (["--undefined-only", "--extern-only"], IMPORTS),
            (["--defined-only", "--extern-only"], INIT),
        ] {
            let names = tools::run(
                Command::new("llvm-nm")
                    .args(options)
                    .args(["--format=just-symbols", &format!("--arch={llvm_name}")])
                    .arg(path),
            )?;
            let names = names
                .lines()
                .filter(|line| !line.is_empty() && !line.ends_with(':'))
                .map(|name| name.strip_prefix('_').unwrap_or(name))
                .filter(|name| subject != INIT || is_init_function(name));
            for name in names {
                said.entry((arch.clone(), subject))
                    .or_default()
                    .insert(name.to_owned());
            }
        }
    }
    Ok(said)
}

/// The list of needed libraries for each architecture in the file.
fn needed(text: &str) -> Said {
    let mut said = Said::new();
    let (mut arch, mut is_inside) = (String::new(), false);
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("Arch: ") {
            arch = architecture(name);
            said.entry((arch.clone(), NEEDED)).or_default();
        } else if line.starts_with("NeededLibraries [") {
            is_inside = true;
        } else if line == "]" {
            is_inside = false;
        } else if is_inside {
            said.entry((arch.clone(), NEEDED))
                .or_default()
                .insert(line.trim().to_owned());
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needed_libraries_are_read_for_each_architecture() {
        let said = needed(
            "File: a.so\nArch: x86_64\nNeededLibraries [\n  /usr/lib/libSystem.B.dylib\n]\n\n\
             File: a.so\nArch: aarch64\nNeededLibraries [\n  /usr/lib/libSystem.B.dylib\n  @rpath/b.dylib\n]\n",
        );
        assert_eq!(said[&("x86_64".to_owned(), NEEDED)].len(), 1);
        assert_eq!(said[&("aarch64".to_owned(), NEEDED)].len(), 2);
    }
}
