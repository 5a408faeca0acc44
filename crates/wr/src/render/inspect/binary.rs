//! One binary as text: its init functions, what it needs from Python and the system, how it was built, its size.

use anatomy::facts::{
    Architecture, Format, Image, Kind, Library, Platform, Provenance, Section, VersionNeed,
};
use anatomy::{Facts, FileName};

use diagnostic::some;

use super::python::Promised;
use super::{all, counted, fact, hardening, headline, more, python, size};
use crate::inspect::Promise;
use crate::render::style::{BOLD, DIM};
use crate::render::text::{Text, say};

/// How many names of a kind are shown without `--verbose`.
const SHOWN: usize = 4;

/// How many sections are shown without `--verbose`, the largest first.
const SECTIONS: usize = 4;

pub(super) fn write(out: &mut Text, target: &str, facts: &Facts, verbose: bool) {
    headline(out, target, &what(facts));
    body(out, target, facts, Promise::default(), verbose);
}

/// The lines below a binary's headline. Its file name makes promises, and so may the wheel it's part of.
pub(super) fn body(out: &mut Text, name: &str, facts: &Facts, promise: Promise, verbose: bool) {
    let file = FileName::parse(name);
    let promised = Promised {
        by_name: file.tag(),
        by_distribution: promise.since(file.first_python()),
    };
    match facts.images.as_slice() {
        [] => fact(out, "size", size(facts.size)),
        [image] => {
            self::image(out, image, promised, verbose);
            whole(out, image, facts.size, verbose);
        }
        images => {
            for image in images {
                say!(out, "  {BOLD}{}{BOLD:#}", image.architecture);
                self::image(out, image, promised, verbose);
                whole(
                    out,
                    image,
                    image.sections.iter().map(|one| one.size).sum(),
                    verbose,
                );
            }
            fact(out, "size", format!("{} in all", size(facts.size)));
        }
    }
}

/// What it is, in a few words.
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
    if let Some(platform) = facts.images.first().and_then(platform) {
        words.push_str(", ");
        words.push_str(platform);
    }
    words
}

fn platform(image: &Image) -> Option<&'static str> {
    if let Some(platform) = image.apple_platform {
        return Some(platform.name());
    }
    Some(match image.platform {
        Platform::LinuxGnu => "Linux with glibc",
        Platform::LinuxMusl => "Linux with musl",
        Platform::Android => "Android",
        Platform::MacOs => "macOS",
        Platform::AppleMobile => "iOS or a related platform",
        Platform::Windows => "Windows",
        Platform::Emscripten => "Emscripten",
        Platform::Wasi => "WASI",
        Platform::Unknown => return None,
    })
}

fn image(out: &mut Text, image: &Image, promised: Promised, verbose: bool) {
    init_function(out, image, verbose);
    python::write(out, image, promised, verbose);
    system(out, image, verbose);
    hardening::write(out, image, verbose);
    built(out, &image.provenance, verbose);
}

fn init_function(out: &mut Text, image: &Image, verbose: bool) {
    let functions: Vec<String> = image
        .init_functions
        .iter()
        .map(|function| {
            let since = function
                .protocol
                .first_python()
                .map_or_else(String::new, |first| format!(", since Python {first}"));
            format!(
                "{} for the module `{}`{since}",
                function.symbol, function.module
            )
        })
        .collect();
    match functions.as_slice() {
        [] if image.kind == Kind::Executable => {
            fact(out, "init", format!("{DIM}none: this is a program{DIM:#}"));
        }
        [] => fact(
            out,
            "init",
            format!("{DIM}none: Python can't import it{DIM:#}"),
        ),
        functions => {
            let shown = if verbose { functions.len() } else { SHOWN };
            all(out, "init", functions.iter().take(shown));
            if functions.len() > shown {
                more(out, format!("and {} more", functions.len() - shown));
            }
        }
    }
}

fn system(out: &mut Text, image: &Image, verbose: bool) {
    let libraries: Vec<String> = image.libraries.iter().map(library).collect();
    let shown = if verbose { libraries.len() } else { SHOWN };
    let mut needs: Vec<String> = oldest_system(image).into_iter().collect();
    if let Some(glibc) = image.newest_glibc() {
        needs.push(format!("glibc {glibc} or newer"));
    }
    if !libraries.is_empty() {
        needs.push(some(&libraries, shown));
    }
    if needs.is_empty() {
        fact(out, "system", format!("{DIM}needs no library{DIM:#}"));
    } else {
        fact(out, "system", format!("needs {}", needs.join("; ")));
    }
    let newest = image.newest_glibc_symbols();
    if let (Some(glibc), false, false) = (image.newest_glibc(), newest.is_empty(), verbose) {
        more(
            out,
            format!(
                "{DIM}glibc {glibc} is needed for{DIM:#} {}",
                some(&newest, SHOWN)
            ),
        );
    }
    if let Some(numbers) = by_number(image) {
        more(out, numbers);
    }
    if let Some(wasm) = &image.wasm
        && let Some(memory) = wasm.memory_size
    {
        let entries = counted(
            usize::try_from(wasm.table_size.unwrap_or_default()).unwrap_or(usize::MAX),
            "function",
        );
        more(
            out,
            format!("uses {} of memory and {entries} in the table", size(memory)),
        );
    }
    for (what, places) in [("RPATH", &image.rpath), ("RUNPATH", &image.runpath)] {
        if !places.is_empty() {
            more(out, format!("{what} {}", places.join(":")));
        }
    }
    if image.static_tls > 0 {
        more(
            out,
            format!(
                "{} of thread-local variables must be reserved before the program starts",
                size(image.static_tls)
            ),
        );
    }
    if verbose {
        if let Some(android) = &image.android
            && let Some(ndk) = &android.ndk
        {
            let build = android.ndk_build.as_ref();
            let build = build.map_or_else(String::new, |build| format!(", build {build}"));
            more(out, format!("built with NDK {ndk}{build}"));
        }
        if let Some(wasm) = &image.wasm
            && !wasm.features.is_empty()
        {
            more(
                out,
                format!("uses the features {}", wasm.features.join(", ")),
            );
        }
        for need in &image.version_needs {
            versions(out, image, need);
        }
        if let Some(name) = &image.own_name {
            more(out, format!("its own name is {name}"));
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
            all(out, "imports", names);
        }
    }
}

fn library(library: &Library) -> String {
    let optional = if library.optional { " (optional)" } else { "" };
    format!("{}{optional}", library.name)
}

/// A version that's needed, and the symbols that need it.
fn versions(out: &mut Text, image: &Image, need: &VersionNeed) {
    let optional = if need.weak { " (optional)" } else { "" };
    let symbols: Vec<&str> = image
        .imports
        .iter()
        .filter(|import| {
            import.version.as_ref() == Some(&need.version)
                && import.library.as_ref() == Some(&need.library)
        })
        .map(|import| import.name.as_str())
        .collect();
    let by = match symbols.as_slice() {
        [] => "no symbol needs it".to_owned(),
        symbols => some(symbols, SHOWN),
    };
    more(
        out,
        format!(
            "{} of {}{optional}: {DIM}{by}{DIM:#}",
            need.version, need.library
        ),
    );
}

/// The oldest system it loads on, if it says so.
fn oldest_system(image: &Image) -> Option<String> {
    if let Some(android) = &image.android {
        return Some(format!("Android API level {} or newer", android.api));
    }
    let oldest = image.minimum_system.as_ref()?;
    let name = image.apple_platform?.name();
    Some(format!("{name} {oldest} or newer"))
}

/// The functions that it imports from a DLL by number: only that DLL knows what they are.
fn by_number(image: &Image) -> Option<String> {
    let mut libraries: Vec<(&str, usize)> = Vec::new();
    let asked = image.imports.iter().filter(|one| one.ordinal.is_some());
    for library in asked.filter_map(|one| one.library.as_deref()) {
        match libraries.iter_mut().find(|(name, _)| *name == library) {
            Some((_, count)) => *count += 1,
            None => libraries.push((library, 1)),
        }
    }
    let each: Vec<String> = libraries
        .into_iter()
        .map(|(name, count)| format!("{count} of {name}"))
        .collect();
    (!each.is_empty()).then(|| format!("imports functions by number: {}", some(&each, SHOWN)))
}

/// How it was built, as far as it says.
pub(super) fn built(out: &mut Text, provenance: &Provenance, verbose: bool) {
    let mut parts = Vec::new();
    match (&provenance.rustc, &provenance.rustc_commit) {
        (Some(version), _) => parts.push(format!("rustc {version}")),
        (None, Some(commit)) => {
            let short = commit.get(..9).unwrap_or(commit);
            parts.push(format!("rustc commit {short}"));
        }
        (None, None) => {}
    }
    parts.extend(provenance.pyo3().map(|version| format!("PyO3 {version}")));
    // C linkers and compilers are listed if Rust's are unknown.
    if !provenance.is_rust() {
        parts.extend(provenance.tools.iter().take(2).cloned());
    }
    let crates = traces(provenance.crates.len(), "left traces");
    let with = (!parts.is_empty()).then(|| format!("with {}", parts.join(", ")));
    let said: Vec<String> = with.into_iter().chain(crates).collect();
    if !said.is_empty() {
        fact(out, "built", said.join("; "));
    }
    if verbose {
        all(out, "", provenance.tools.iter());
        let crates = provenance
            .crates
            .iter()
            .map(|one| format!("{} {}", one.name, one.version));
        all(out, "crates", crates);
    }
}

/// The number of known crates, if any.
pub(super) fn traces(crates: usize, where_from: &str) -> Option<String> {
    (crates > 0).then(|| format!("{} {where_from}", counted(crates, "crate")))
}

/// The size, and what the file contains apart from code.
fn whole(out: &mut Text, image: &Image, bytes: u64, verbose: bool) {
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
    fact(out, "size", parts.join(", "));
    let mut sections: Vec<&Section> = image.sections.iter().filter(|one| one.size > 0).collect();
    if verbose {
        all(
            out,
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
        more(out, format!("{DIM}largest: {}{DIM:#}", largest.join(", ")));
    }
}
