//! The imports and exports of ELF files, compared with `readelf` from the GNU binutils.

mod segments;

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
    for binary in wheel.binaries(&[Format::Elf]) {
        let path = members::unpacked(wheel, &binary.path, tools)?;
        let text = tools::run(
            Command::new("readelf")
                .args(["--wide", "--dynamic", "--version-info", "--dyn-syms"])
                .args(["--segments", "--notes"])
                .arg(path),
        )?;
        let place = ComparisonSite {
            authority: "readelf",
            wheel: &wheel.file,
            member: &binary.path,
        };
        let ours = ours(binary.facts.images.iter());
        let mut theirs = parse(&text);
        segments::parse(&text, &mut theirs);
        answer.compared += 1;
        answer.differences.extend(place.subjects(&ours, &theirs));
    }
    Ok(answer)
}

const NEEDED: &str = "needed libraries";
const OWN_NAME: &str = "own name";
const SEARCH: &str = "search paths";
const VERSIONS: &str = "symbol versions";
const IMPORTS: &str = "undefined symbols";
const INIT: &str = "init functions";

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
        if let Some(name) = &image.own_name {
            add(OWN_NAME, name.clone());
        }
        for path in image.rpath.iter().chain(&image.runpath) {
            add(SEARCH, path.clone());
        }
        for need in &image.version_needs {
            let weak = if need.weak { " (weak)" } else { "" };
            add(VERSIONS, format!("{}:{}{weak}", need.library, need.version));
        }
        for import in &image.imports {
            let weak = if import.weak { " (weak)" } else { "" };
            let version = import.version.as_ref().map(|version| format!("@{version}"));
            add(
                IMPORTS,
                format!("{}{}{weak}", import.name, version.unwrap_or_default()),
            );
        }
        for function in &image.init_functions {
            add(INIT, function.symbol.clone());
        }
        segments::say(image, &mut said);
    }
    said
}

fn parse(text: &str) -> Said {
    let mut said = Said::new();
    let mut file = "";
    for line in text.lines() {
        let mut add = |subject, text: String| {
            said.entry(subject).or_default().insert(text);
        };
        let plain = without_brackets(line);
        let bracketed = || {
            line.split_once('[')
                .and_then(|(_, rest)| rest.strip_suffix(']'))
        };
        let words: Vec<&str> = plain.split_whitespace().collect();
        if line.contains("(NEEDED)") {
            add(NEEDED, bracketed().unwrap_or_default().to_owned());
        } else if line.contains("(SONAME)") {
            add(OWN_NAME, bracketed().unwrap_or_default().to_owned());
        } else if line.contains("(RPATH)") || line.contains("(RUNPATH)") {
            for path in bracketed().unwrap_or_default().split(':') {
                add(SEARCH, path.to_owned());
            }
        } else if let Some((_, rest)) = line.split_once("  File: ") {
            file = rest.split_whitespace().next().unwrap_or_default();
        } else if let [_, "Name:", version, "Flags:", ..] = words.as_slice()
            && line.contains("  Version: ")
            && !line.contains("Index:")
        {
            let is_weak = words.contains(&"WEAK");
            let weak = if is_weak { " (weak)" } else { "" };
            add(VERSIONS, format!("{file}:{version}{weak}"));
        } else if let [number, _, _, _, binding, _, section, name, ..] = words.as_slice()
            && number
                .strip_suffix(':')
                .is_some_and(|number| number.parse::<u32>().is_ok())
        {
            symbol(binding, section, name, &mut add);
        }
    }
    said
}

/// On some processors, a symbol has more information in brackets before its section, such as `[<localentry>: 8]`.
fn without_brackets(line: &str) -> String {
    match line
        .split_once("[<")
        .and_then(|(head, rest)| Some((head, rest.split_once(']')?.1)))
    {
        Some((head, tail)) => format!("{head}{tail}"),
        None => line.to_owned(),
    }
}

fn symbol(binding: &str, section: &str, name: &str, add: &mut impl FnMut(&'static str, String)) {
    match (section, binding) {
        (_, "LOCAL") => {}
        ("UND", _) => {
            let weak = if binding == "WEAK" { " (weak)" } else { "" };
            add(IMPORTS, format!("{}{weak}", name.replace("@@", "@")));
        }
        _ if is_init_function(name) => {
            add(INIT, name.split('@').next().unwrap_or(name).to_owned());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_words_are_read() {
        let said = parse(
            " 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]\n \
             0x000000000000001d (RUNPATH)            Library runpath: [$ORIGIN/../a:/b]\n  \
             000000: Version: 1  File: libc.so.6  Cnt: 5\n  \
             0x0010:   Name: GLIBC_2.3.4  Flags: none  Version: 7\n  \
             0x0020:   Name: GLIBC_2.14  Flags: WEAK  Version: 8\n    \
             2: 0000000000000000     0 FUNC    GLOBAL DEFAULT  UND malloc@GLIBC_2.2.5 (3)\n    \
             3: 0000000000000000     0 NOTYPE  WEAK   DEFAULT  UND __gmon_start__\n    \
             9: 0000000000008210    12 FUNC    GLOBAL DEFAULT [<localentry>: 8]   12 PyInit_fast\n",
        );
        let of = |subject| {
            let found: Vec<&str> = said[subject].iter().map(String::as_str).collect();
            found.join(" ")
        };
        assert_eq!(of(NEEDED), "libc.so.6");
        assert_eq!(of(SEARCH), "$ORIGIN/../a /b");
        assert_eq!(
            of(VERSIONS),
            "libc.so.6:GLIBC_2.14 (weak) libc.so.6:GLIBC_2.3.4"
        );
        assert_eq!(of(IMPORTS), "__gmon_start__ (weak) malloc@GLIBC_2.2.5");
        assert_eq!(of(INIT), "PyInit_fast");
    }
}
