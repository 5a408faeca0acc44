//! What makes up a binary's size, as text.

use anatomy::facts::CrateVersion;
use anatomy::why::{Naming, PartKind, SizeFacts};
use diagnostic::some;

use super::super::{counted, size};
use super::SECTIONS;
use crate::render::plain::{name, sentence};
use crate::render::style::{BOLD, DIM, HELP};
use crate::render::text::{Text, say};

/// How many crates are shown without `--verbose`.
const CRATES: usize = 20;

pub(super) fn write(out: &mut Text, found: &SizeFacts, traces: &[CrateVersion], verbose: bool) {
    say!(out, "  {BOLD}{}{BOLD:#} in the file", size(found.size));
    for part in &found.parts {
        let sections: Vec<String> = part
            .sections
            .iter()
            .map(|(section, bytes)| match part.sections.len() {
                1 => name(section).into_owned(),
                _ => format!("{} {}", name(section), size(*bytes)),
            })
            .collect();
        let shown = if verbose { sections.len() } else { SECTIONS };
        say!(
            out,
            "    {:>9} {:>5}  {:<12} {DIM}{}{DIM:#}",
            size(part.size),
            percent(part.size, found.size),
            part_name(part.kind),
            out.wrapped(&some(&sections, shown), 32)
        );
    }
    say!(out);
    match found.naming {
        Naming::None | Naming::Exported => stripped(out, found, traces, verbose),
        Naming::All => by_crate(out, found, verbose),
    }
    advise(out, found);
}

fn by_crate(out: &mut Text, found: &SizeFacts, verbose: bool) {
    say!(
        out,
        "  {BOLD}{}{BOLD:#} of code by crate, based on function names",
        size(found.named_code)
    );
    let shown = if verbose { usize::MAX } else { CRATES };
    for one in found.crates.iter().take(shown) {
        say!(
            out,
            "    {:>9} {:>5}  {:<28} {DIM}{}{DIM:#}",
            size(one.size),
            percent(one.size, found.named_code),
            name(&one.name),
            counted(one.functions, "function")
        );
    }
    if found.crates.len() > shown {
        let rest: u64 = found.crates.iter().skip(shown).map(|one| one.size).sum();
        say!(
            out,
            "    {:>9} {:>5}  {DIM}{} more; --verbose lists all{DIM:#}",
            size(rest),
            percent(rest, found.named_code),
            counted(found.crates.len() - shown, "crate")
        );
    }
    say!(out);
}

/// What's known when function names were stripped.
fn stripped(out: &mut Text, found: &SizeFacts, traces: &[CrateVersion], verbose: bool) {
    let names = if found.naming == Naming::Exported {
        "only exported functions have names"
    } else {
        "no function has a name"
    };
    say!(
out, "  {}",
        out.wrapped(
            &format!(
                "The crates that the code comes from are unknown: {names}. To see them, build without stripping: \
                 `CARGO_PROFILE_RELEASE_STRIP=false`."
            ),
            2
        )
    );
    if !traces.is_empty() {
        let crates: Vec<String> = traces
            .iter()
            .map(|one| sentence(&format!("{} {}", one.name, one.version)).into_owned())
            .collect();
        let shown = if verbose { usize::MAX } else { CRATES };
        say!(
            out,
            "  {}",
            out.wrapped(
                &format!(
                    "The binary contains paths from these crates: {}.",
                    some(&crates, shown)
                ),
                2
            )
        );
    }
    say!(out);
}

/// An easy way to make it smaller.
fn advise(out: &mut Text, found: &SizeFacts) {
    let of = |kind: PartKind| {
        found
            .parts
            .iter()
            .find(|part| part.kind == kind)
            .map_or(0, |part| part.size)
    };
    let debug = of(PartKind::Debug);
    let named = found
        .parts
        .iter()
        .filter(|part| part.kind == PartKind::Symbols)
        .flat_map(|part| &part.sections)
        .filter(|(section, _)| section == ".symtab" || section == ".strtab")
        .fold(0_u64, |sum, (_, size)| sum.saturating_add(*size));
    let saved = debug.saturating_add(named);
    if saved > 0 {
        say!(
out, "  {HELP}help{HELP:#}: {}",
            out.wrapped(
                &format!(
                    "`strip = true` in `[profile.release]` removes debug information and names, which saves {}",
                    size(saved)
                ),
                8
            )
        );
    }
}

fn part_name(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Code => "code",
        PartKind::Constants => "constants",
        PartKind::Data => "data",
        PartKind::Unwinding => "unwinding",
        PartKind::Relocations => "relocations",
        PartKind::Symbols => "symbols",
        PartKind::Debug => "debug",
        PartKind::Rest => "rest",
    }
}

fn percent(part: u64, whole: u64) -> String {
    let permille = part.saturating_mul(1000).checked_div(whole).unwrap_or(0);
    format!("{}.{}%", permille / 10, permille % 10)
}
