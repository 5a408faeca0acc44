//! A binary's protections, as text.

use anatomy::facts::{Hardening, Image, Platform, Relro};

use super::fact;
use crate::render::text::Text;

/// Its protections, in one line.
pub(super) fn write(out: &mut Text, image: &Image, verbose: bool) {
    let Hardening {
        executable_stack,
        relro,
        bind_now,
        text_relocations,
        position_independent,
        aslr,
        high_entropy_aslr,
        dep,
        control_flow_guard,
        code_signature,
    } = image.hardening;
    let mut parts: Vec<String> = Vec::new();
    let mut say = |text: &str| parts.push(text.to_owned());
    match relro {
        Some(Relro::Full) => say("full RELRO"),
        Some(Relro::Partial) => say("partial RELRO"),
        Some(Relro::None) => say("no RELRO"),
        None => {}
    }
    // Full RELRO implies that all symbols are bound at once.
    if bind_now == Some(true) && relro != Some(Relro::Full) {
        say("immediate binding");
    }
    let flags = [
        (
            position_independent,
            "position independent",
            "fixed address",
        ),
        (aslr, "ASLR", "no ASLR"),
        (
            high_entropy_aslr,
            "high-entropy addresses",
            "no high-entropy addresses",
        ),
        (dep, "DEP", "no DEP"),
        (
            control_flow_guard,
            "control flow guard",
            "no control flow guard",
        ),
        (code_signature, "signed", "not signed"),
        (executable_stack.filter(|is| *is), "executable stack", ""),
        (text_relocations.filter(|is| *is), "text relocations", ""),
    ];
    for (flag, yes, no) in flags {
        match flag {
            Some(true) => say(yes),
            Some(false) => say(no),
            None => {}
        }
    }
    if let Some(alignment) = image.segment_alignment
        && (verbose || image.platform == Platform::Android)
    {
        parts.push(format!("aligned for {} KiB pages", alignment / 1024));
    }
    if !parts.is_empty() {
        fact(out, "guards", parts.join(", "));
    }
}
