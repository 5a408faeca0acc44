//! The extension is tagged `abi3`, but uses parts of Python outside the stable ABI.
//!
//! A file `fast.abi3.so` in a wheel tagged `cp39-abi3` promises to load under Python 3.9 and every later version. That
//! only holds if everything it uses belongs to the stable ABI of 3.9. This one uses more: a function that was added to
//! the stable ABI later, or one that isn't part of it and may change or disappear. It works where it was built;
//! elsewhere the import fails with
//!
//! ```text
//! ImportError: /…/fast.abi3.so: undefined symbol: PyUnicode_AsUTF8
//! ```
//!
//! or, if the function behaves differently there, with a crash.
//!
//! ## Example
//!
//! PyO3's own code respects the feature `abi3-py39`. A dependency that declares Python functions itself (`extern "C" {
//! fn PyUnicode_AsUTF8(…); }`), C code compiled without `Py_LIMITED_API`, or an older PyO3 with a newer feature may
//! reach past it.
//!
//! ## What to do
//!
//! Find out which crate uses the symbol (`cargo tree -i pyo3-ffi` lists the candidates) and replace it with one from
//! the stable ABI; or raise the feature and the tag to the version that added it (`abi3-py310`); or give up `abi3` and
//! build one wheel per version.
//!
//! ## Where it is specified
//!
//! [PEP 384](https://peps.python.org/pep-0384/), and the list in Python's manual under
//! [Contents of Limited API](https://docs.python.org/3/c-api/stable.html#contents-of-limited-api).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::expectation::Expectation;
use crate::facts::{Facts, Library};
use crate::names::{AbiTag, FileName};
use crate::python_api::{Membership, PythonSymbol};
use crate::target::PythonVersion;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0108",
    "outside-stable-abi",
    include_str!("outside_stable_abi.rs"),
);

/// The finding lists at most this many symbols.
const SHOWN: usize = 8;

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let tag = expected.expected_file().and_then(FileName::tag);
    let promised = expected.expected_stable_abi();
    if !matches!(tag, Some(AbiTag::Abi3 | AbiTag::Abi3t)) && promised.is_none() {
        return None;
    }
    let artifact = expected.artifact();
    facts.images.iter().find_map(|image| {
        symbols(image.python_api.symbols.iter(), promised, &artifact)
            .or_else(|| versioned_dll(&image.libraries, &artifact))
    })
}

fn symbols<'image>(
    imported: impl Iterator<Item = &'image PythonSymbol>,
    promised: Option<PythonVersion>,
    artifact: &str,
) -> Option<Diagnostic> {
    let is_too_new = |symbol: &PythonSymbol| matches!((symbol.stable_since(), promised), (Some(since), Some(promised)) if since > promised);
    let offending: Vec<&PythonSymbol> = imported
        .filter(|symbol| !symbol.weak && symbol.membership != Membership::PyPy)
        .filter(|symbol| symbol.stable_since().is_none() || is_too_new(symbol))
        .collect();
    let worst = offending
        .iter()
        .find(|symbol| symbol.stable_since().is_none())
        .or(offending.first())?;
    let message = match (worst.stable_since(), promised) {
        (Some(since), Some(promised)) => format!(
            "the extension promises the stable ABI of Python {promised}, but needs `{}`, which was added to it in {since}",
            worst.name
        ),
        _ => format!(
            "the extension promises the stable ABI, but needs `{}`, which isn't part of it",
            worst.name
        ),
    };
    let finding = offending
        .iter()
        .take(SHOWN)
        .fold(RULE.finding(message), |finding, symbol| {
            let name = match symbol.stable_since() {
                Some(since) => format!("{} (stable since {since})", symbol.name),
                None => format!("{} (not stable)", symbol.name),
            };
            finding.because(Evidence::Symbol {
                name,
                binary: artifact.to_owned(),
            })
        });
    Some(finding.severity(Severity::Warning).hint(
        "replace it with a symbol from the stable ABI, raise the promised version, or build one file per Python version",
    ))
}

/// On Windows the stable ABI is `python3.dll`, and only that.
fn versioned_dll(libraries: &[Library], artifact: &str) -> Option<Diagnostic> {
    let library = libraries.iter().find(|library| {
        library.name.to_ascii_lowercase().ends_with(".dll") && library.python_version().is_some()
    })?;
    Some(
        RULE.finding(format!(
            "the extension promises the stable ABI, but is linked with `{}`, which only one version of Python has",
            library.name
        ))
        .severity(Severity::Warning)
        .because(Evidence::Section {
            name: format!("import of {}", library.name),
            binary: artifact.to_owned(),
        })
        .hint("link it with `python3.dll`: PyO3 does that when one of its `abi3-py3…` features is enabled"),
    )
}
