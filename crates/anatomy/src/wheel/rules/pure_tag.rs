//! The wheel says that it is pure Python, and has an extension or a program in it.
//!
//! A wheel tagged `py3-none-any` is installed on every system and every Python 3. The extension in it works on one of
//! them:
//!
//! ```text
//! ImportError: /…/fast.so: invalid ELF header
//! ModuleNotFoundError: No module named 'fast._fast'
//! ```
//!
//! A program in `NAME.data/scripts`, which is put beside the interpreter, is for one system too.
//!
//! `Root-Is-Purelib: true` in the file `WHEEL` says the same to installers: that the files belong where Python alone is kept.
//! Where a system keeps the two apart, as Fedora does in `lib` and `lib64`, the extension is installed in the wrong place.
//!
//! ## Example
//!
//! A build backend for pure Python packed a source tree in which a built extension lay.
//!
//! ## What to do
//!
//! Let maturin (or setuptools with `ext_modules`) build the wheel, which then knows its tags; or keep built files out of
//! the tree.
//!
//! ## Where it is specified
//!
//! [PEP 425](https://peps.python.org/pep-0425/), and of `Root-Is-Purelib`
//! [PEP 427](https://peps.python.org/pep-0427/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::facts::Kind;
use crate::wheel::WheelFacts;
use crate::wheel::entry_names::is_script;

pub(crate) static RULE: Rule = Rule::new("WR0606", "pure-tag", include_str!("pure_tag.rs"));

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    // A program is installed beside the interpreter, and is for one system as an extension is. Programs within packages may be
    // there for several.
    let scripts = || {
        facts.libraries.iter().filter(|one| {
            is_script(&one.path) && matches!(one.facts.kind, Kind::Executable | Kind::SharedLibrary)
        })
    };
    let (binary, what) = match facts.extensions.first() {
        Some(extension) => (extension, "extension"),
        None => (scripts().next()?, "program"),
    };
    let path = &binary.path;
    let finding = if facts.name.tags.iter().all(|tag| tag.platform == "any") {
        RULE.finding(format!(
            "the wheel is tagged for any platform, and has the {what} `{path}` in it"
        ))
        .because(Evidence::mismatch(
            format!("platform of {path}"),
            "any",
            binary.facts.format.to_string(),
        ))
    } else if facts.metadata.is_purelib == Some(true) && !facts.extensions.is_empty() {
        RULE.finding(format!(
            "the wheel says that it is pure Python, and has the extension `{path}` in it"
        ))
        .severity(Severity::Warning)
        .because(Evidence::mismatch("Root-Is-Purelib", "false", "true"))
    } else {
        return None;
    };
    Some(finding.hint("let maturin build the wheel, or keep built files out of the source tree"))
}
