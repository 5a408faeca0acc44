//! The extension is linked with libpython, which an extension must not be.
//!
//! An extension is loaded *by* an interpreter and takes Python's functions from it. If it asks for `libpython3.12.so`
//! (or a Python framework) itself, it only loads where the loader finds a library with exactly that name. Interpreters
//! with Python built in, such as those of Debian, conda and uv, don't have one there, and the import fails with
//!
//! ```text
//! ImportError: libpython3.12.so.1.0: cannot open shared object file: No such file or directory
//! ```
//!
//! If the library is found, the process may end up with two copies of Python, which can crash it.
//!
//! On Windows every extension is linked with `python3.dll` or `python312.dll`, and on Android and iOS with the app's
//! only Python. There it's correct, and this rule doesn't apply.
//!
//! ## Example
//!
//! ```toml
//! [dependencies]
//! pyo3 = { version = "0.30", features = ["auto-initialize"] }
//! ```
//!
//! `auto-initialize` is for programs that start their own Python, so it links libpython.
//!
//! ## What to do
//!
//! Build the extension with maturin, which sets `PYO3_BUILD_EXTENSION_MODULE`; with plain `cargo build`, set that
//! variable to `1` (before PyO3 0.26: enable the feature `extension-module`). Drop `auto-initialize` from the
//! extension's crate, and flags such as `-lpython3.12` from its build script.
//!
//! ## Where it is specified
//!
//! [PEP 513](https://peps.python.org/pep-0513/#libpythonx-y-so-1) forbids it for Linux wheels, as does [What's New in
//! Python 3.8](https://docs.python.org/3/whatsnew/3.8.html#debug-build-uses-the-same-abi-as-release-build); for
//! Android, the opposite holds: [PEP 738](https://peps.python.org/pep-0738/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::expectation::Expectation;
use crate::facts::{Facts, Format, Image, Library, Platform};

pub(crate) static RULE: Rule = Rule::new(
    "WR0103",
    "links-libpython",
    include_str!("links_libpython.rs"),
);

pub(crate) const HINT: &str = "build with maturin or set `PYO3_BUILD_EXTENSION_MODULE=1`, and drop PyO3's \
                               `auto-initialize` feature from the extension's crate";

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let library = facts.images.iter().find_map(wrongly_linked)?;
    Some(
        RULE.finding(format!(
            "the extension is linked with `{}`, so it only loads where that exact library is found",
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

/// A library that embeds Python and has no init function is right to link libpython.
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
