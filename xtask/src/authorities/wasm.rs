//! The imports and exports of WebAssembly modules, compared with `wasm-objdump` from the WebAssembly Binary Toolkit.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anatomy::facts::{Format, Image};

use super::Answer;
use super::difference::ComparisonSite;
use super::members;
use super::tools::{self, Tools};
use super::wheel::{Inspected, is_init_function};

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let mut answer = Answer::default();
    for binary in wheel.binaries(&[Format::Wasm]) {
        let path = members::unpacked(wheel, &binary.path, tools)?;
        let text = tools::run(Command::new("wasm-objdump").arg("--details").arg(path))?;
        let place = ComparisonSite {
            authority: "wasm-objdump",
            wheel: &wheel.file,
            member: &binary.path,
        };
        let (ours, theirs) = (ours(binary.facts.images.iter()), parse(&text));
        answer.compared += 1;
        answer.differences.extend(place.subjects(&ours, &theirs));
    }
    Ok(answer)
}

const NEEDED: &str = "needed libraries";
const IMPORTS: &str = "undefined symbols";
const INIT: &str = "init functions";
const SIZES: &str = "sizes of memory and table";

type Said = BTreeMap<&'static str, BTreeSet<String>>;

fn ours<'image>(images: impl Iterator<Item = &'image Image>) -> Said {
    let mut said = Said::new();
    for image in images {
        let mut add = |subject, text: String| {
            said.entry(subject).or_default().insert(text);
        };
        for library in &image.libraries {
            add(NEEDED, library.name.clone());
        }
        for import in &image.imports {
            add(
                IMPORTS,
                match &import.library {
                    Some(module) => format!("{module}:{}", import.name),
                    None => import.name.clone(),
                },
            );
        }
        for function in &image.init_functions {
            add(INIT, function.symbol.clone());
        }
        if let Some(wasm) = &image.wasm {
            let sizes = [
                ("mem_size", wasm.memory_size),
                ("table_size", wasm.table_size),
            ];
            for (name, size) in sizes {
                if let Some(size) = size {
                    add(SIZES, format!("{name} {size}"));
                }
            }
        }
    }
    said
}

/// The section that a line of the output belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Imports,
    Exports,
    Loader,
    NeededLibraries,
    Other,
}

fn parse(text: &str) -> Said {
    let (mut imports, mut exports) = (BTreeSet::new(), BTreeSet::new());
    let mut said = Said::new();
    let mut part = Part::Other;
    for line in text.lines() {
        if !line.starts_with(' ') {
            part = match line.split('[').next() {
                Some("Import") => Part::Imports,
                Some("Export") => Part::Exports,
                _ => Part::Other,
            };
        } else if line == " - name: \"dylink.0\"" {
            part = Part::Loader;
        } else if line.starts_with(" - needed_dynlibs[") {
            part = Part::NeededLibraries;
        } else if part == Part::NeededLibraries && line.starts_with("  - ") {
            let name = line.trim_start_matches("  - ").trim();
            said.entry(NEEDED).or_default().insert(name.to_owned());
        } else if matches!(part, Part::Loader | Part::NeededLibraries) {
            part = Part::Loader;
            let words: Vec<&str> = line.split_whitespace().collect();
            if let ["-", name @ ("mem_size" | "table_size"), ":", size] = words.as_slice() {
                said.entry(SIZES)
                    .or_default()
                    .insert(format!("{name} {size}"));
            }
        } else if part == Part::Imports
            && let Some((kind, name)) = line.rsplit_once(" <- ")
        {
            imports.extend(import(kind.trim_start_matches(" - "), name));
        } else if part == Part::Exports
            && let Some((_, name)) = line.rsplit_once(" -> ")
        {
            exports.insert(name.trim_matches('"').to_owned());
        }
    }
    for (module, name) in imports {
        let text = match module.as_str() {
            // This only looks up the address of something that the module defines itself.
            "GOT.func" | "GOT.mem" if exports.contains(&name) => continue,
            "GOT.func" | "GOT.mem" | "env" => name,
            module => format!("{module}:{name}"),
        };
        said.entry(IMPORTS).or_default().insert(text);
    }
    for name in exports.into_iter().filter(|name| is_init_function(name)) {
        said.entry(INIT).or_default().insert(name);
    }
    said
}

/// The module and name of an import, if it's a symbol. Memory, table, and the base addresses of a module aren't.
fn import(kind: &str, name: &str) -> Option<(String, String)> {
    // Names are printed with a dot between them, and both parts may contain dots.
    let (module, name) = ["GOT.func", "GOT.mem"]
        .iter()
        .find_map(|module| Some((*module, name.strip_prefix(module)?.strip_prefix('.')?)))
        .or_else(|| name.split_once('.'))?;
    let is_symbol = match kind.split('[').next()? {
        "memory" | "table" => false,
        "global" => module != "env",
        _ => true,
    };
    is_symbol.then(|| (module.to_owned(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_words_are_read() {
        let said = parse(
            "Custom:\n - name: \"dylink.0\"\n - mem_size     : 10976\n - mem_p2align  : 4\n - table_size   : 32\n - needed_dynlibs[1]:\n  - libz.so\n\
             Import[5]:\n - memory[0] pages: initial=1 <- env.memory\n - global[0] i32 mutable=1 <- env.__stack_pointer\n \
             - global[3] i32 mutable=1 <- GOT.mem.PyType_Type\n - global[4] i32 mutable=1 <- GOT.func.PyInit_a\n \
             - func[0] sig=2 <wasi_x> <- wasi_snapshot_preview1.fd_close\n - func[1] sig=0 <PyErr_Format> <- env.PyErr_Format\n\
             Export[1]:\n - func[44] <PyInit_a> -> \"PyInit_a\"\n",
        );
        let of = |subject| {
            let found: Vec<&str> = said[subject].iter().map(String::as_str).collect();
            found.join(" ")
        };
        assert_eq!(of(NEEDED), "libz.so");
        assert_eq!(of(SIZES), "mem_size 10976 table_size 32");
        assert_eq!(
            of(IMPORTS),
            "PyErr_Format PyType_Type wasi_snapshot_preview1:fd_close"
        );
        assert_eq!(of(INIT), "PyInit_a");
    }
}
