//! The wheel claims to be pure Python, but contains an extension or a program.
//!
//! A wheel tagged `py3-none-any` is installed on every system and every Python 3, but the extension in it only works on
//! one:
//!
//! ```text
//! ImportError: /…/fast.so: invalid ELF header
//! ModuleNotFoundError: No module named 'fast._fast'
//! ```
//!
//! A program in `NAME.data/scripts`, which is installed next to the interpreter, is for one system too.
//!
//! `Root-Is-Purelib: true` in the file `WHEEL` tells installers the same: that the files belong in the directory for
//! pure Python. On systems that separate the two, such as Fedora with `lib` and `lib64`, the extension is installed in
//! the wrong place.
//!
//! ## Example
//!
//! A build backend for pure Python packaged a source tree that contained a compiled extension.
//!
//! ## What to do
//!
//! Let maturin (or setuptools with `ext_modules`) build the wheel, so it gets the right tags; or keep compiled files
//! out of the source tree.
//!
//! ## Where it is specified
//!
//! [PEP 425](https://peps.python.org/pep-0425/), and for `Root-Is-Purelib`
//! [PEP 427](https://peps.python.org/pep-0427/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::facts::Kind;
use crate::wheel::WheelFacts;
use crate::wheel::entry_names::is_script;

pub(crate) static RULE: Rule = Rule::new("WR0606", "pure-tag", include_str!("pure_tag.rs"));

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    // A program installed next to the interpreter is for one system, just like an extension. Programs inside packages
    // may be there for several.
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
            "the wheel is tagged for any platform, but contains the {what} `{path}`"
        ))
        .because(Evidence::mismatch(
            format!("platform of {path}"),
            "any",
            binary.facts.format.to_string(),
        ))
    } else if facts.metadata.is_purelib == Some(true) && !facts.extensions.is_empty() {
        RULE.finding(format!(
            "the wheel claims to be pure Python, but contains the extension `{path}`"
        ))
        .severity(Severity::Warning)
        .because(Evidence::mismatch("Root-Is-Purelib", "false", "true"))
    } else {
        return None;
    };
    Some(finding.hint("let maturin build the wheel, or keep compiled files out of the source tree"))
}
