//! What ELF files need and offer, against `readelf` of the GNU binutils.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anatomy::facts::{Format, Image, Relro};

use super::Answer;
use super::difference::Place;
use super::members;
use super::tools::{self, Tools};
use super::wheel::Inspected;

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let mut answer = Answer::default();
    for binary in wheel.binaries(&[Format::Elf]) {
        let path = members::unpacked(wheel, &binary.path, tools)?;
        let text = tools::run(
            Command::new("readelf")
                .args(["--wide", "--dynamic", "--version-info", "--dyn-syms"])
                .args(["--program-headers", "--notes"])
                .arg(path),
        )?;
        let place = Place {
            authority: "readelf",
            wheel: &wheel.file,
            member: &binary.path,
        };
        let (ours, theirs) = (ours(binary.facts.images.iter()), parse(&text));
        answer.compared += 1;
        answer
            .differences
            .extend(SUBJECTS.iter().filter_map(|subject| {
                let none = BTreeSet::new();
                let of = |said: &Said| said.get(subject).cloned();
                place.sets(
                    subject,
                    &of(&ours).unwrap_or_else(|| none.clone()),
                    &of(&theirs).unwrap_or(none),
                )
            }));
    }
    Ok(answer)
}

const NEEDED: &str = "needed libraries";
const OWN_NAME: &str = "own name";
const SEARCH: &str = "search paths";
const VERSIONS: &str = "symbol versions";
const IMPORTS: &str = "undefined symbols";
const DOORS: &str = "init functions";
const LOADING: &str = "how it is loaded";
const ANDROID: &str = "Android's note";
const SUBJECTS: [&str; 8] = [
    NEEDED, OWN_NAME, SEARCH, VERSIONS, IMPORTS, DOORS, LOADING, ANDROID,
];

// What is said under `LOADING`.
const STACK: &str = "an executable stack";
const NO_STACK: &str = "a stack without code";
const RELRO: &str = "RELRO";
const NOW: &str = "bound at once";
const TEXT: &str = "text relocations";

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
        let hardening = &image.hardening;
        match hardening.executable_stack {
            Some(true) => add(LOADING, STACK.to_owned()),
            Some(false) => add(LOADING, NO_STACK.to_owned()),
            None => {}
        }
        let is_relro = matches!(hardening.relro, Some(Relro::Partial | Relro::Full));
        for (is, what) in [
            (is_relro, RELRO),
            (hardening.bind_now == Some(true), NOW),
            (hardening.text_relocations == Some(true), TEXT),
        ] {
            if is {
                add(LOADING, what.to_owned());
            }
        }
        if let Some(alignment) = image.segment_alignment {
            add(LOADING, format!("alignment {alignment:#x}"));
        }
        if let Some(android) = &image.android {
            let text = |part: &Option<String>| part.clone().unwrap_or_default();
            add(
                ANDROID,
                format!(
                    "{} {} {}",
                    android.api,
                    text(&android.ndk),
                    text(&android.ndk_build)
                ),
            );
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
            add(DOORS, function.symbol.clone());
        }
    }
    said
}

fn parse(text: &str) -> Said {
    let mut said = Said::new();
    let mut file = "";
    let mut alignment: Option<u64> = None;
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
        } else if line.contains("(BIND_NOW)")
            || (line.contains("(FLAGS)") && words.contains(&"BIND_NOW"))
            || (line.contains("(FLAGS_1)") && words.contains(&"NOW"))
        {
            add(LOADING, NOW.to_owned());
        } else if line.contains("(TEXTREL)") {
            add(LOADING, TEXT.to_owned());
        } else if let ["LOAD", .., last] = words.as_slice() {
            let own = hexadecimal(last);
            alignment = match (alignment, own) {
                (Some(known), Some(own)) => Some(known.min(own)),
                (known, own) => known.or(own),
            };
        } else if let ["GNU_STACK", _, _, _, _, _, flags, ..] = words.as_slice() {
            let stack = if flags.contains('E') { STACK } else { NO_STACK };
            add(LOADING, stack.to_owned());
        } else if let ["GNU_RELRO", ..] = words.as_slice() {
            add(LOADING, RELRO.to_owned());
        } else if let (true, Some((_, bytes))) = (
            line.trim_start().starts_with("Android "),
            line.split_once("description data: "),
        ) {
            add(ANDROID, android(bytes));
        } else if let Some((_, rest)) = line.split_once("  File: ") {
            file = rest.split_whitespace().next().unwrap_or_default();
        } else if let [_, "Name:", version, "Flags:", ..] = words.as_slice()
            && line.contains("  Version: ")
            && !line.contains("Index:")
        {
            let weak = if words.contains(&"WEAK") {
                " (weak)"
            } else {
                ""
            };
            add(VERSIONS, format!("{file}:{version}{weak}"));
        } else if let [number, _, _, _, binding, _, section, name, ..] = words.as_slice()
            && number
                .strip_suffix(':')
                .is_some_and(|number| number.parse::<u32>().is_ok())
        {
            symbol(binding, section, name, &mut add);
        }
    }
    if let Some(alignment) = alignment {
        said.entry(LOADING)
            .or_default()
            .insert(format!("alignment {alignment:#x}"));
    }
    said
}

fn hexadecimal(text: &str) -> Option<u64> {
    u64::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}

/// The bytes of the NDK's note: the API level, and two texts of 64 bytes.
fn android(bytes: &str) -> String {
    let bytes: Vec<u8> = bytes
        .split_whitespace()
        .filter_map(|byte| u8::from_str_radix(byte, 16).ok())
        .collect();
    let text = |part: Option<&[u8]>| {
        String::from_utf8_lossy(part.unwrap_or_default())
            .trim_end_matches('\0')
            .to_owned()
    };
    let level = bytes
        .first_chunk::<4>()
        .map_or(0, |level| u32::from_le_bytes(*level));
    format!(
        "{level} {} {}",
        text(bytes.get(4..68)),
        text(bytes.get(68..132))
    )
}

/// On some processors more is said of a symbol in brackets before its section, such as `[<localentry>: 8]`.
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
        _ if ["PyInit_", "PyInitU_", "PyModExport_"]
            .iter()
            .any(|prefix| name.starts_with(prefix)) =>
        {
            add(DOORS, name.split('@').next().unwrap_or(name).to_owned());
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
             0x0020:   Name: GLIBC_2.14  Flags: WEAK  Version: 8\n  \
             LOAD           0x000000 0x0000000000000000 0x0000000000000000 0x012490 0x012490 R E 0x4000\n  \
             LOAD           0x012490 0x0000000000016490 0x0000000000016490 0x000420 0x000b70 RW  0x1000\n  \
             GNU_RELRO      0x012490 0x0000000000016490 0x0000000000016490 0x000420 0x000b70 R   0x1\n  \
             GNU_STACK      0x000000 0x0000000000000000 0x0000000000000000 0x000000 0x000000 RWE  0x10\n \
             0x000000006ffffffb (FLAGS_1)            Flags: NOW\n  \
             Android              0x00000004\tNT_VERSION (version)\t   description data: 18 00 00 00 \n    \
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
        assert_eq!(
            of(LOADING),
            "RELRO alignment 0x1000 an executable stack bound at once"
        );
        assert_eq!(of(ANDROID), "24  ");
        assert_eq!(of(IMPORTS), "__gmon_start__ (weak) malloc@GLIBC_2.2.5");
        assert_eq!(of(DOORS), "PyInit_fast");
    }
}
