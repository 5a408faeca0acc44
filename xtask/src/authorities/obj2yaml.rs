//! The imports and exports of WebAssembly modules, compared with LLVM's `obj2yaml`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anatomy::facts::{Format, Image};

use super::Answer;
use super::difference::ComparisonSite;
use super::members;
use super::tools::{self, Tools};
use super::wheel::Inspected;

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let mut answer = Answer::default();
    for binary in wheel.binaries(&[Format::Wasm]) {
        let path = members::unpacked(wheel, &binary.path, tools)?;
        let theirs = parse(&tools::run(Command::new("obj2yaml").arg(path))?);
        let place = ComparisonSite {
            authority: "obj2yaml",
            wheel: &wheel.file,
            member: &binary.path,
        };
        answer.compared += 1;
        for image in &binary.facts.images {
            let ours = ours(image);
            let none = BTreeSet::new();
            answer
                .differences
                .extend(SUBJECTS.iter().filter_map(|subject| {
                    place.sets(
                        subject,
                        ours.get(subject).unwrap_or(&none),
                        theirs.get(subject).unwrap_or(&none),
                    )
                }));
        }
    }
    Ok(answer)
}

const NEEDED: &str = "needed libraries";
const IMPORTS: &str = "undefined symbols";
const INIT: &str = "init functions";
const SIZES: &str = "memory and table";
const SUBJECTS: [&str; 4] = [NEEDED, IMPORTS, INIT, SIZES];

type Said = BTreeMap<&'static str, BTreeSet<String>>;

fn ours(image: &Image) -> Said {
    let mut said = Said::new();
    let mut add = |subject, text: String| {
        said.entry(subject).or_default().insert(text);
    };
    for library in &image.libraries {
        add(NEEDED, library.name.clone());
    }
    for import in &image.imports {
        add(IMPORTS, import.name.clone());
    }
    for function in &image.init_functions {
        add(INIT, function.symbol.clone());
    }
    if let Some(wasm) = &image.wasm {
        for (what, size) in [("memory", wasm.memory_size), ("table", wasm.table_size)] {
            if let Some(size) = size {
                add(SIZES, format!("{what} {size}"));
            }
        }
    }
    said
}

/// Reads the relevant lines of the document; its keys are always written the same way.
fn parse(text: &str) -> Said {
    let mut said = Said::new();
    let mut imports: Vec<(String, String)> = Vec::new();
    let mut exports: BTreeSet<String> = BTreeSet::new();
    let (mut part, mut module, mut field) = ("", "", "");
    for line in text.lines() {
        let Some((key, value)) = line.trim().trim_start_matches("- ").split_once(':') else {
            if part == "Needed"
                && let Some(name) = line.trim().strip_prefix("- ")
            {
                said.entry(NEEDED).or_default().insert(name.to_owned());
            }
            continue;
        };
        let value = value.trim().trim_matches('\'');
        match key {
            "Needed" | "Imports" | "Exports" | "Type" => {
                part = if key == "Type" { value } else { key };
            }
            "MemorySize" | "TableSize" => {
                let what = if key == "MemorySize" {
                    "memory"
                } else {
                    "table"
                };
                let what = format!("{what} {value}");
                said.entry(SIZES).or_default().insert(what);
            }
            "Module" => module = value,
            "Field" => field = value,
            // Memory, the table and the module's base addresses are the loader's business.
            "Kind" if part == "Imports" => {
                let is_plumbing =
                    matches!(value, "MEMORY" | "TABLE") || (value == "GLOBAL" && module == "env");
                if !is_plumbing {
                    imports.push((module.to_owned(), field.to_owned()));
                }
            }
            "Name" if part == "Exports" => {
                exports.insert(value.to_owned());
            }
            _ => {}
        }
    }
    let asked = imports
        .into_iter()
        .filter(|(module, field)| !(module.starts_with("GOT.") && exports.contains(field)))
        .map(|(_, field)| field);
    said.entry(IMPORTS).or_default().extend(asked);
    let doors = exports.into_iter().filter(|name| {
        ["PyInit_", "PyInitU_", "PyModExport_"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
    });
    said.entry(INIT).or_default().extend(doors);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_document_is_read() {
        let said = parse(
            "Sections:\n  - Type:            CUSTOM\n    Name:            dylink.0\n    MemorySize:      8024\n    \
             TableSize:       75\n    Needed:\n      - libz.so\n  - Type:            IMPORT\n    Imports:\n      \
             - Module:          env\n        Field:           memory\n        Kind:            MEMORY\n      \
             - Module:          env\n        Field:           PyList_New\n        Kind:            FUNCTION\n      \
             - Module:          GOT.func\n        Field:           PyInit_a\n        Kind:            GLOBAL\n  \
             - Type:            EXPORT\n    Exports:\n      - Name:            PyInit_a\n        Kind:            FUNCTION\n",
        );
        let of = |subject| {
            let found: Vec<&str> = said[subject].iter().map(String::as_str).collect();
            found.join(" ")
        };
        assert_eq!(of(NEEDED), "libz.so");
        assert_eq!(of(IMPORTS), "PyList_New");
        assert_eq!(of(INIT), "PyInit_a");
        assert_eq!(of(SIZES), "memory 8024 table 75");
    }
}
