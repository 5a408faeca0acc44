//! A binary's relation to Python, as text: what it needs from the C API, and which versions it's for.

use anatomy::facts::{Image, Library};
use anatomy::python_api::{Membership, PythonSymbol};
use anatomy::{AbiTag, Facts, FileName, PythonVersion, Threading};

use diagnostic::some;

use super::{all, counted, fact, more};
use crate::inspect::Promise;
use crate::render::style::{DIM, WARN};
use crate::render::text::Text;

/// How many names of a kind are shown without `--verbose`.
const SHOWN: usize = 4;

/// The Pythons that a binary is meant for.
#[derive(Clone, Copy)]
pub(super) struct Promised {
    /// By its file name.
    pub(super) by_name: Option<AbiTag>,
    /// By the wheel or distribution that it's part of.
    pub(super) by_distribution: Promise,
}

/// What a binary needs from Python, and which versions load it.
pub(super) fn write(out: &mut Text, image: &Image, promised: Promised, verbose: bool) {
    let symbols = &image.python_api.symbols;
    if symbols.is_empty() {
        fact(
            out,
            "python",
            format!("{DIM}doesn't use Python's C API{DIM:#}"),
        );
    } else {
        fact(out, "python", counts(symbols));
        if let Some(oldest) = image.oldest_python() {
            loads_under(out, image, oldest, promised, verbose);
        } else {
            let outside: Vec<&str> = image
                .python_api
                .outside_stable_abi()
                .filter(|symbol| symbol.membership != Membership::Private)
                .map(|symbol| symbol.name.as_str())
                .collect();
            if !outside.is_empty() && !verbose {
                more(out, format!("not stable: {}", some(&outside, SHOWN)));
            }
        }
        let private: Vec<&str> = image
            .python_api
            .private()
            .map(|one| one.name.as_str())
            .collect();
        if !private.is_empty() && !verbose {
            more(
                out,
                format!("{WARN}private{WARN:#}: {}", some(&private, SHOWN)),
            );
        }
    }
    if let Some(library) = image.libpython() {
        more(out, format!("linked with {}", library.name));
    }
    if verbose {
        all(out, "", symbols.iter().map(symbol));
    }
}

/// The Pythons that load a binary whose symbols are all stable; `oldest` is the first that has all of them.
fn loads_under(
    out: &mut Text,
    image: &Image,
    oldest: PythonVersion,
    promised: Promised,
    verbose: bool,
) {
    match promised.by_name {
        // Code for one version may read object fields, whatever symbols it needs; and symbols that joined the stable
        // ABI after that version existed before.
        Some(AbiTag::Version { .. }) => {
            more(out, format!("stable since Python {oldest}"));
        }
        // Nothing in the name promises more; the only other indication is being linked with `python3.dll` on Windows.
        Some(AbiTag::Untagged) | None if image.libpython().is_none() => {
            more(
                out,
                format!("stable since Python {oldest}: an abi3 build would load there and later"),
            );
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
            more(
                out,
                format!(
                    "loads under Python {} and later ({abi})",
                    first.unwrap_or(oldest)
                ),
            );
            if first.is_some() && verbose {
                more(
                    out,
                    format!("its symbols alone would allow Python {oldest} too"),
                );
            }
        }
    }
}

/// How many symbols there are, and where they come from.
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
            "in the stable ABI",
        ),
        (
            count(|one| *one == Membership::FullApi),
            "in the version-specific C API",
        ),
        (count(|one| *one == Membership::Private), "private"),
        (count(|one| *one == Membership::PyPy), "for PyPy"),
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
            let only = if abi_only {
                ", only kept for the ABI"
            } else {
                ""
            };
            format!("abi3 since {since}, abi3t since {free_threaded}{only}")
        }
        (Membership::FullApi, _) => "not stable".to_owned(),
        (Membership::Private, _) => "private".to_owned(),
        _ => "PyPy".to_owned(),
    };
    let weak = if symbol.weak { ", optional" } else { "" };
    format!("{:<36} {DIM}{belongs}{weak}{DIM:#}", symbol.name)
}

/// The Pythons that a binary is for, in a few words: by its file name, by its distribution's promise, and by its
/// symbols.
pub(super) fn in_a_few_words(name: &str, facts: &Facts, promise: Promise) -> String {
    let images = &facts.images;
    let promise = promise.since(FileName::parse(name).first_python());
    if images
        .iter()
        .all(|image| image.python_api.symbols.is_empty())
    {
        return "doesn't use Python".to_owned();
    }
    if let Some(AbiTag::Version {
        implementation,
        version,
        threading,
    }) = FileName::parse(name).tag()
    {
        let threading = match threading {
            Threading::Gil => "",
            Threading::FreeThreaded => "t",
        };
        return format!("{implementation} {version}{threading} only");
    }
    // On Windows the linked library says so if the file name doesn't.
    let linked = images
        .iter()
        .find_map(|image| image.libpython().and_then(Library::python_version));
    if let Some(only) = linked.or(promise.oldest.filter(|_| promise.is_for_one)) {
        return format!("Python {only} only");
    }
    let by_symbols = images
        .iter()
        .map(Image::oldest_python)
        .collect::<Option<Vec<_>>>();
    match by_symbols.and_then(|all| all.into_iter().max()) {
        // A build for one version may need the same symbols as one for the stable ABI: those that joined it later
        // existed before, and symbols don't show which object fields the code reads.
        Some(oldest) if promise.oldest.is_none() && !is_for_abi3(name, facts) => {
            format!("Python {oldest} and later, if built for abi3")
        }
        Some(oldest) => format!(
            "Python {} and later",
            promise.oldest.max(Some(oldest)).unwrap_or(oldest)
        ),
        None => "one Python version".to_owned(),
    }
}

/// Whether a file claims to use only the stable ABI: by its name, or, on Windows, by the library it's linked with.
fn is_for_abi3(name: &str, facts: &Facts) -> bool {
    matches!(
        FileName::parse(name).tag(),
        Some(AbiTag::Abi3 | AbiTag::Abi3t)
    ) || facts.images.iter().any(|image| image.libpython().is_some())
}
