//! The extension is linked with libpython, which it must not be.
//!
//! An extension is loaded *by* an interpreter and takes Python's functions from it. When it asks for `libpython3.12.so`
//! (or a Python framework) itself, it loads only where a library of just that name lies in the loader's path:
//! interpreters that have Python built in, as those of Debian, conda and uv, have none there, and one says
//!
//! ```text
//! ImportError: libpython3.12.so.1.0: cannot open shared object file: No such file or directory
//! ```
//!
//! Where it is found, a second Python may enter the process beside the first and crash it.
//!
//! On Windows every extension is linked with `python3.dll` or `python312.dll`, on Android and iOS with the one Python of
//! the app: there it is right, and this rule is silent.
//!
//! ## Example
//!
//! ```toml
//! [dependencies]
//! pyo3 = { version = "0.30", features = ["auto-initialize"] }
//! ```
//!
//! `auto-initialize` is for programs that start a Python of their own, and links libpython for it.
//!
//! ## What to do
//!
//! Build the extension with maturin, which sets `PYO3_BUILD_EXTENSION_MODULE`; with plain `cargo build`, set that
//! variable to `1` (before PyO3 0.26: enable the feature `extension-module`). Drop `auto-initialize` from the crate that
//! is the extension, and link flags such as `-lpython3.12` from build scripts.
//!
//! ## Where it is specified
//!
//! [PEP 513](https://peps.python.org/pep-0513/#libpythonx-y-so-1) forbids it for wheels of Linux; the same is said in
//! [What's New in Python 3.8](https://docs.python.org/3/whatsnew/3.8.html#debug-build-uses-the-same-abi-as-release-build),
//! and for Android the opposite in [PEP 738](https://peps.python.org/pep-0738/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::expectation::Expectation;
use crate::facts::{Facts, Format, Image, Library, Platform};

pub(crate) static RULE: Rule = Rule::new(
    "WR0103",
    "links-libpython",
    include_str!("links_libpython.rs"),
);

pub(crate) const HINT: &str = "build with maturin or set `PYO3_BUILD_EXTENSION_MODULE=1`, and drop PyO3's feature \
                               `auto-initialize` from the extension's crate";

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let library = facts.images.iter().find_map(wrongly_linked)?;
    Some(
        RULE.finding(format!(
            "the extension is linked with `{}`: it loads only where that very library is found",
            library.name
        ))
        .severity(Severity::Warning)
        .because(Evidence::Section {
            name: match facts.format {
                Format::Elf => format!("DT_NEEDED {}", library.name),
                _ => format!("LC_LOAD_DYLIB {}", library.name),
            },
            binary: expected.artifact(),
        })
        .hint(HINT),
    )
}

/// A library that embeds Python, and has no door for it, links libpython rightly.
fn wrongly_linked(image: &Image) -> Option<&Library> {
    let linked_by_rule = matches!(
        image.platform,
        Platform::Windows | Platform::Android | Platform::AppleMobile
    );
    if linked_by_rule || image.init_functions.is_empty() {
        return None;
    }
    image.libpython()
}
