//! The contents of ELF program headers, the dynamic table's flags and Android's note.

use std::collections::BTreeSet;

use anatomy::facts::{Image, Relro};

use super::Said;

const PROTECTIONS: &str = "protections";
const ALIGNMENT: &str = "alignment of segments";
const TLS: &str = "static thread-local storage";
const ANDROID: &str = "Android's note";

pub(super) fn say(image: &Image, said: &mut Said) {
    let mut add = |subject, text: String| {
        said.entry(subject).or_default().insert(text);
    };
    let hardening = &image.hardening;
    if let Some(is_executable) = hardening.executable_stack {
        add(PROTECTIONS, format!("stack {}", stack(is_executable)));
    }
    match hardening.relro {
        Some(Relro::Full) => add(PROTECTIONS, "relro full".to_owned()),
        Some(Relro::Partial) => add(PROTECTIONS, "relro partial".to_owned()),
        Some(Relro::None) | None => {}
    }
    if hardening.bind_now == Some(true) {
        add(PROTECTIONS, "bind now".to_owned());
    }
    if hardening.text_relocations == Some(true) {
        add(PROTECTIONS, "text relocations".to_owned());
    }
    if hardening.position_independent == Some(true) {
        add(PROTECTIONS, "position-independent program".to_owned());
    }
    if let Some(alignment) = image.segment_alignment {
        add(ALIGNMENT, format!("{alignment:#x}"));
    }
    if image.static_tls > 0 {
        add(TLS, "yes".to_owned());
    }
    if let Some(android) = &image.android {
        let parts = [&android.ndk, &android.ndk_build].map(|part| part.as_deref().unwrap_or(""));
        add(ANDROID, note(android.api, parts));
    }
}

fn stack(is_executable: bool) -> &'static str {
    if is_executable {
        "executable"
    } else {
        "not executable"
    }
}

fn note(api: u32, [ndk, build]: [&str; 2]) -> String {
    format!("{api} {ndk} {build}").trim_end().to_owned()
}

/// Something that is either present or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Flag {
    Relro,
    ThreadLocal,
    StaticThreadLocal,
    BoundNow,
    TextRelocations,
    Program,
}

/// The contents of the program headers and the dynamic table.
#[derive(Default)]
struct Seen {
    is_stack_executable: Option<bool>,
    flags: BTreeSet<Flag>,
    alignments: Vec<u64>,
    notes: Vec<String>,
}

pub(super) fn parse(text: &str, said: &mut Said) {
    let mut seen = Seen::default();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["LOAD", _, _, _, _, _, .., alignment] => {
                seen.alignments.extend(hexadecimal(alignment));
            }
            ["GNU_STACK", _, _, _, _, _, flags @ .., _] => {
                seen.is_stack_executable = Some(flags.concat().contains('E'));
            }
            ["GNU_RELRO", _, _, _, _, _, ..] => seen.add(Flag::Relro, true),
            ["TLS", _, _, _, _, _, ..] => seen.add(Flag::ThreadLocal, true),
            ["Elf", "file", "type", "is", "DYN", rest @ ..] => {
                seen.add(Flag::Program, rest.concat().contains("Position"));
            }
            ["Android", _, kind, ..] if kind.starts_with("NT_VERSION") => {
                seen.notes.extend(android(&bytes_of(line)));
            }
            [_, kind, flags @ ..] => seen.dynamic(kind, flags),
            _ => {}
        }
    }
    seen.tell(said);
}

impl Seen {
    fn add(&mut self, flag: Flag, is_so: bool) {
        if is_so {
            self.flags.insert(flag);
        }
    }

    fn dynamic(&mut self, kind: &str, flags: &[&str]) {
        let has = |flag| flags.contains(&flag);
        match kind {
            "(BIND_NOW)" => self.add(Flag::BoundNow, true),
            "(TEXTREL)" => self.add(Flag::TextRelocations, true),
            "(FLAGS)" => {
                self.add(Flag::BoundNow, has("BIND_NOW"));
                self.add(Flag::TextRelocations, has("TEXTREL"));
                self.add(Flag::StaticThreadLocal, has("STATIC_TLS"));
            }
            "(FLAGS_1)" => self.add(Flag::BoundNow, has("NOW")),
            _ => {}
        }
    }

    fn tell(self, said: &mut Said) {
        let mut add = |subject, text: String| {
            said.entry(subject).or_default().insert(text);
        };
        let has = |flag| self.flags.contains(&flag);
        if let Some(is_executable) = self.is_stack_executable {
            add(PROTECTIONS, format!("stack {}", stack(is_executable)));
        }
        if has(Flag::Relro) {
            let is_full = has(Flag::BoundNow);
            let how = if is_full { "full" } else { "partial" };
            add(PROTECTIONS, format!("relro {how}"));
        }
        for (flag, text) in [
            (Flag::BoundNow, "bind now"),
            (Flag::TextRelocations, "text relocations"),
            (Flag::Program, "position-independent program"),
        ] {
            if has(flag) {
                add(PROTECTIONS, text.to_owned());
            }
        }
        if let Some(alignment) = self.alignments.iter().min() {
            add(ALIGNMENT, format!("{alignment:#x}"));
        }
        if has(Flag::StaticThreadLocal) && has(Flag::ThreadLocal) {
            add(TLS, "yes".to_owned());
        }
        for note in self.notes {
            add(ANDROID, note);
        }
    }
}

fn hexadecimal(text: &str) -> Option<u64> {
    u64::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}

/// The bytes of a note, as printed.
fn bytes_of(line: &str) -> Vec<u8> {
    let (_, bytes) = line.split_once("description data:").unwrap_or_default();
    bytes
        .split_whitespace()
        .filter_map(|byte| u8::from_str_radix(byte, 16).ok())
        .collect()
}

/// The API level, and two strings of 64 bytes each: the NDK's release and build.
fn android(bytes: &[u8]) -> Option<String> {
    let (api, rest) = bytes.split_first_chunk::<4>()?;
    let text = |at: usize| -> String {
        let field = rest.get(at..).unwrap_or_default();
        let field = field.iter().take(64).take_while(|byte| **byte != 0);
        field.map(|byte| char::from(*byte)).collect()
    };
    Some(note(u32::from_le_bytes(*api), [&text(0), &text(64)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_words_are_read() {
        let mut said = Said::new();
        parse(
            "Elf file type is DYN (Shared object file)\n  \
             LOAD           0x000000 0x0000000000000000 0x0000000000000000 0x000830 0x000830 R   0x4000\n  \
             LOAD           0x001000 0x0000000000001000 0x0000000000001000 0x000830 0x000830 R E 0x1000\n  \
             TLS            0x001000 0x0000000000001000 0x0000000000001000 0x000830 0x000830 R   0x10\n  \
             GNU_RELRO      0x002d98 0x0000000000003d98 0x0000000000003d98 0x000268 0x000268 R   0x1\n  \
             GNU_STACK      0x000000 0x0000000000000000 0x0000000000000000 0x000000 0x000000 RWE 0x10\n \
             0x000000000000001e (FLAGS)              BIND_NOW STATIC_TLS\n  \
             Android              0x00000084\tNT_VERSION (version)\t   description data: 15 00 00 00 72 32 37 00\n",
            &mut said,
        );
        let of = |subject| {
            let found: Vec<&str> = said[subject].iter().map(String::as_str).collect();
            found.join(", ")
        };
        assert_eq!(of(PROTECTIONS), "bind now, relro full, stack executable");
        assert_eq!(of(ALIGNMENT), "0x1000");
        assert_eq!(of(TLS), "yes");
        assert_eq!(of(ANDROID), "21 r27");
    }
}
