//! One binary as text: the door, what it asks of Python and of the system, how it was built, its size.

use anatomy::facts::{
    Architecture, Format, Image, Library, Platform, Provenance, Section, VersionNeed,
};
use anatomy::python_api::{Membership, PythonSymbol};
use anatomy::{AbiTag, Facts, FileName, PythonVersion};

use diagnostic::some;

use super::{all, counted, fact, headline, more, size};
use crate::inspect::Promise;
use crate::render::plain::say;
use crate::render::style::{BOLD, DIM, WARN};

/// How many names of a kind are shown without `--verbose`.
const SHOWN: usize = 4;

/// How many sections are shown without `--verbose`, the largest first.
const SECTIONS: usize = 4;

pub(super) fn print(target: &str, facts: &Facts, verbose: bool) {
    headline(target, &what(facts));
    body(target, facts, Promise::default(), verbose);
}

/// What is said of a binary below its headline. Its file's name says what it promises, and so may what it is part of.
pub(super) fn body(name: &str, facts: &Facts, promise: Promise, verbose: bool) {
    let promised = Promised {
        by_name: FileName::parse(name).tag(),
        by_distribution: promise,
    };
    match facts.images.as_slice() {
        [] => fact("size", size(facts.size)),
        [image] => {
            self::image(image, promised, verbose);
            whole(image, facts.size, verbose);
        }
        images => {
            for image in images {
                say!("  {BOLD}{}{BOLD:#}", image.architecture);
                self::image(image, promised, verbose);
                whole(
                    image,
                    image.sections.iter().map(|one| one.size).sum(),
                    verbose,
                );
            }
            fact("size", format!("{} in all", size(facts.size)));
        }
    }
}

/// What kind of thing it is, in a few words.
pub(super) fn what(facts: &Facts) -> String {
    let architectures: Vec<&str> = facts.architectures().map(Architecture::name).collect();
    let mut words = match facts.format {
        Format::Archive => facts.kind.to_string(),
        format => format!("{format} {}", facts.kind),
    };
    if !architectures.is_empty() {
        words.push_str(" for ");
        words.push_str(&architectures.join(" and "));
    }
    if let Some(platform) = facts
        .images
        .first()
        .and_then(|image| platform(image.platform))
    {
        words.push_str(", ");
        words.push_str(platform);
    }
    words
}

fn platform(platform: Platform) -> Option<&'static str> {
    Some(match platform {
        Platform::LinuxGnu => "Linux with glibc",
        Platform::LinuxMusl => "Linux with musl",
        Platform::Android => "Android",
        Platform::MacOs => "macOS",
        Platform::AppleMobile => "iOS or its kin",
        Platform::Windows => "Windows",
        Platform::Unknown => return None,
    })
}

/// For which Pythons a binary is meant.
#[derive(Clone, Copy)]
struct Promised {
    by_name: Option<AbiTag>,
    by_distribution: Promise,
}

fn image(image: &Image, promised: Promised, verbose: bool) {
    door(image, verbose);
    python(image, promised, verbose);
    system(image, verbose);
    built(&image.provenance, verbose);
}

fn door(image: &Image, verbose: bool) {
    let doors: Vec<String> = image
        .init_functions
        .iter()
        .map(|function| {
            let since = function
                .protocol
                .first_python()
                .map_or_else(String::new, |first| format!(", from Python {first} on"));
            format!(
                "{} for the module `{}`{since}",
                function.symbol, function.module
            )
        })
        .collect();
    match doors.as_slice() {
        [] => fact("door", format!("{DIM}none: Python cannot import it{DIM:#}")),
        doors => {
            let shown = if verbose { doors.len() } else { SHOWN };
            all("door", doors.iter().take(shown));
            if doors.len() > shown {
                more(format!("and {} more", doors.len() - shown));
            }
        }
    }
}

fn python(image: &Image, promised: Promised, verbose: bool) {
    let symbols = &image.python_api.symbols;
    if symbols.is_empty() {
        fact(
            "python",
            format!("{DIM}asks nothing of Python's C API{DIM:#}"),
        );
    } else {
        fact("python", counts(symbols));
        if let Some(oldest) = image.oldest_python() {
            loads_under(image, oldest, promised, verbose);
        } else {
            let outside: Vec<&str> = image
                .python_api
                .outside_stable_abi()
                .filter(|symbol| symbol.membership != Membership::Private)
                .map(|symbol| symbol.name.as_str())
                .collect();
            if !outside.is_empty() && !verbose {
                more(format!("not stable: {}", some(&outside, SHOWN)));
            }
        }
        let private: Vec<&str> = image
            .python_api
            .private()
            .map(|one| one.name.as_str())
            .collect();
        if !private.is_empty() && !verbose {
            more(format!("{WARN}private{WARN:#}: {}", some(&private, SHOWN)));
        }
    }
    if let Some(library) = image.libpython() {
        more(format!("linked with {}", library.name));
    }
    if verbose {
        all("", symbols.iter().map(symbol));
    }
}

/// Under which Pythons a binary loads whose symbols are all stable, the oldest of which has all of them.
fn loads_under(image: &Image, oldest: PythonVersion, promised: Promised, verbose: bool) {
    match promised.by_name {
        // Code for one version may read its objects' fields, whatever symbols it asks for.
        Some(AbiTag::Version { .. }) => {
            more(format!(
                "by its symbols alone it might load under Python {oldest} too"
            ));
        }
        // Nothing in the name promises more, and only what asks Windows for `python3.dll` says so otherwise.
        Some(AbiTag::Untagged) | None if image.libpython().is_none() => {
            more(format!(
                "by its symbols alone it might load under Python {oldest} and later"
            ));
        }
        _ => {
            let abi = if image.may_be_abi3t() {
                "abi3 and abi3t"
            } else {
                "abi3"
            };
            let first = promised
                .by_distribution
                .oldest
                .filter(|first| *first > oldest);
            more(format!(
                "loads under Python {} and later ({abi})",
                first.unwrap_or(oldest)
            ));
            if first.is_some() && verbose {
                more(format!("by its symbols alone under Python {oldest} too"));
            }
        }
    }
}

/// How many symbols there are, and where they belong.
fn counts(symbols: &[PythonSymbol]) -> String {
    let count = |wanted: fn(&Membership) -> bool| {
        symbols
            .iter()
            .filter(|symbol| wanted(&symbol.membership))
            .count()
    };
    let parts = [
        (
            count(|one| matches!(one, Membership::StableAbi { .. })),
            "of the stable ABI",
        ),
        (
            count(|one| *one == Membership::FullApi),
            "of the version's own C API",
        ),
        (count(|one| *one == Membership::Private), "private"),
        (count(|one| *one == Membership::PyPy), "of PyPy"),
    ];
    let total = counted(symbols.len(), "symbol");
    let present: Vec<_> = parts.iter().filter(|(number, _)| *number > 0).collect();
    match present.as_slice() {
        [(_, what)] if symbols.len() == 1 => format!("{total}, {what}"),
        [(_, what)] => format!("{total}, all {what}"),
        parts => {
            let parts: Vec<String> = parts
                .iter()
                .map(|(number, what)| format!("{number} {what}"))
                .collect();
            format!("{total}: {}", parts.join(", "))
        }
    }
}

fn symbol(symbol: &PythonSymbol) -> String {
    let belongs = match (symbol.membership, symbol.free_threaded_stable_since()) {
        (Membership::StableAbi { since, abi_only }, Some(free_threaded)) => {
            let only = if abi_only { ", for the ABI alone" } else { "" };
            format!("abi3 since {since}, abi3t since {free_threaded}{only}")
        }
        (Membership::FullApi, _) => "not stable".to_owned(),
        (Membership::Private, _) => "private".to_owned(),
        _ => "PyPy".to_owned(),
    };
    let weak = if symbol.weak { ", optional" } else { "" };
    format!("{:<36} {DIM}{belongs}{weak}{DIM:#}", symbol.name)
}

fn system(image: &Image, verbose: bool) {
    let libraries: Vec<String> = image.libraries.iter().map(library).collect();
    let shown = if verbose { libraries.len() } else { SHOWN };
    let mut needs = Vec::new();
    if let Some(glibc) = image.newest_glibc() {
        needs.push(format!("glibc {glibc} or newer"));
    }
    if !libraries.is_empty() {
        needs.push(some(&libraries, shown));
    }
    if needs.is_empty() {
        fact("system", format!("{DIM}needs no library{DIM:#}"));
    } else {
        fact("system", format!("needs {}", needs.join("; ")));
    }
    for (what, places) in [("RPATH", &image.rpath), ("RUNPATH", &image.runpath)] {
        if !places.is_empty() {
            more(format!("{what} {}", places.join(":")));
        }
    }
    if image.static_tls > 0 {
        more(format!(
            "{} of thread-local variables want their place before the program starts",
            size(image.static_tls)
        ));
    }
    if verbose {
        all("", image.version_needs.iter().map(version_need));
        if let Some(name) = &image.own_name {
            more(format!("calls itself {name}"));
        }
        let others: Vec<_> = image
            .imports
            .iter()
            .filter(|import| !import.is_python())
            .collect();
        if !others.is_empty() {
            let names = others.iter().map(|import| match &import.version {
                Some(version) => format!("{}@{version}", import.name),
                None => import.name.clone(),
            });
            all("imports", names);
        }
    }
}

fn library(library: &Library) -> String {
    let optional = if library.optional { " (optional)" } else { "" };
    format!("{}{optional}", library.name)
}

fn version_need(need: &VersionNeed) -> String {
    format!("{} of {}", need.version, need.library)
}

/// How it was built, as far as it says.
pub(super) fn built(provenance: &Provenance, verbose: bool) {
    let mut parts = Vec::new();
    match (&provenance.rustc, &provenance.rustc_commit) {
        (Some(version), _) => parts.push(format!("rustc {version}")),
        (None, Some(commit)) => {
            let short = commit.get(..9).unwrap_or(commit);
            parts.push(format!("rustc of commit {short}"));
        }
        (None, None) => {}
    }
    parts.extend(provenance.pyo3().map(|version| format!("PyO3 {version}")));
    // The linkers and compilers of C are told where Rust's are not.
    if !provenance.is_rust() {
        parts.extend(provenance.tools.iter().take(2).cloned());
    }
    let crates = traces(provenance.crates.len(), "left traces");
    let with = (!parts.is_empty()).then(|| format!("with {}", parts.join(", ")));
    let said: Vec<String> = with.into_iter().chain(crates).collect();
    if !said.is_empty() {
        fact("built", said.join("; "));
    }
    if verbose {
        all("", provenance.tools.iter());
        let crates = provenance
            .crates
            .iter()
            .map(|one| format!("{} {}", one.name, one.version));
        all("crates", crates);
    }
}

/// How many crates there are, where any is known.
pub(super) fn traces(crates: usize, where_from: &str) -> Option<String> {
    (crates > 0).then(|| format!("{} {where_from}", counted(crates, "crate")))
}

/// The size, and what is in the file beside code.
fn whole(image: &Image, bytes: u64, verbose: bool) {
    let mut parts = vec![size(bytes)];
    match image.is_stripped {
        Some(true) => parts.push("stripped".to_owned()),
        Some(false) => parts.push("not stripped".to_owned()),
        None => {}
    }
    let debug: u64 = image
        .sections
        .iter()
        .filter(|one| one.is_debug)
        .map(|one| one.size)
        .sum();
    parts.push(if image.has_debug_info() {
        format!("{} of debug information", size(debug))
    } else {
        "no debug information".to_owned()
    });
    fact("size", parts.join(", "));
    let mut sections: Vec<&Section> = image.sections.iter().filter(|one| one.size > 0).collect();
    if verbose {
        all(
            "",
            sections
                .iter()
                .map(|one| format!("{:<24} {:>12}", one.name, one.size)),
        );
        return;
    }
    sections.sort_by(|a, b| b.size.cmp(&a.size).then_with(|| a.name.cmp(&b.name)));
    let largest: Vec<String> = sections
        .iter()
        .take(SECTIONS)
        .map(|one| format!("{} {}", one.name, size(one.size)))
        .collect();
    if !largest.is_empty() {
        more(format!("{DIM}largest: {}{DIM:#}", largest.join(", ")));
    }
}
