//! What determines the oldest glibc, as text.

use anatomy::facts::Version;
use anatomy::why::{Cause, GlibcFloor, GlibcNeed};
use diagnostic::some;

use super::super::counted;
use super::COLUMN;
use crate::render::plain::sentence;
use crate::render::style::{BOLD, DIM, HELP};
use crate::render::text::{Text, say};

/// How many symbols are shown for each cause without `--verbose`.
const SYMBOLS: usize = 8;

pub(super) fn write(out: &mut Text, floor: &GlibcFloor, verbose: bool) {
    say!(
        out,
        "  needs {BOLD}glibc {}{BOLD:#} or newer: {}",
        floor.floor,
        tags(&floor.floor)
    );
    // Anything older than the next step doesn't matter until the steps above are done.
    let shown = if verbose { usize::MAX } else { 4 };
    for need in floor.needs.iter().take(shown) {
        self::need(out, need, verbose);
    }
    if floor.needs.len() > shown {
        let (oldest, newest) = (
            floor.needs.last().map(|need| &need.version),
            floor.needs.get(shown).map(|need| &need.version),
        );
        if let (Some(oldest), Some(newest)) = (oldest, newest) {
            say!(
                out,
                "  {DIM}and {}, {oldest} to {newest}; --verbose lists all{DIM:#}",
                counted(floor.needs.len() - shown, "older version")
            );
        }
    }
    say!(out);
    let help = match &floor.relinked {
        _ if floor.floor <= oldest_in_use() => {
            "every glibc in use is newer than that: there's nothing to do".to_owned()
        }
        Some(relinked) => {
            let policy = tags(relinked);
            format!(
                "linked against an older glibc, the same code would only need {relinked}: build in a {policy} container, \
                 or with `maturin build --zig --compatibility {policy}`"
            )
        }
        None => {
            "linking against an older glibc changes nothing: these functions were added in this version, so the code has \
             to stop using them".to_owned()
        }
    };
    say!(out, "  {HELP}help{HELP:#}: {}", out.wrapped(&help, 8));
}

/// The glibc of manylinux2014, the oldest that wheels are built for today.
fn oldest_in_use() -> Version {
    Version::parse("2.17").unwrap_or_else(|| unreachable!("it's a version"))
}

/// The tag of a wheel that's allowed to need a version.
fn tags(version: &Version) -> String {
    let text = version.to_string();
    let minor: u32 = text
        .split('.')
        .nth(1)
        .and_then(|minor| minor.parse().ok())
        .unwrap_or(0);
    // Policies older than manylinux2014 no longer have build images.
    format!("manylinux_2_{}", minor.max(17))
}

fn need(out: &mut Text, need: &GlibcNeed, verbose: bool) {
    say!(out, "\n  {BOLD}{}{BOLD:#}", need.version);
    let mut relink: Vec<(String, Vec<String>)> = Vec::new();
    let mut new = Vec::new();
    let mut first = Vec::new();
    let mut tools: Vec<(&str, Vec<String>)> = Vec::new();
    for symbol in &need.symbols {
        let weak = if symbol.weak { " (optional)" } else { "" };
        let shown = format!("{}{weak}", sentence(&symbol.name));
        match &symbol.cause {
            Cause::Relink { older } => {
                let older = older.to_string();
                match relink.iter_mut().find(|(known, _)| *known == older) {
                    Some((_, names)) => names.push(shown),
                    None => relink.push((older, vec![shown])),
                }
            }
            Cause::New => new.push(shown),
            Cause::First => first.push(shown),
            Cause::ToolChain { advice, .. } => {
                match tools.iter_mut().find(|(known, _)| known == advice) {
                    Some((_, names)) => names.push(shown),
                    None => tools.push((advice, vec![shown])),
                }
            }
        }
    }
    let shown = if verbose { usize::MAX } else { SYMBOLS };
    let line = |out: &mut Text, names: &[String], what: &str| {
        if !names.is_empty() {
            say!(
                out,
                "    {}",
                out.wrapped(&format!("{}: {what}", some(names, shown)), COLUMN)
            );
        }
    };
    line(out, &new, "added in this version");
    for (advice, names) in &tools {
        line(out, names, advice);
    }
    for (older, names) in &relink {
        line(
            out,
            names,
            &format!(
                "exists since {older}; linked against an older glibc, the code only needs that"
            ),
        );
    }
    line(out, &first, "the oldest version on this architecture");
}
