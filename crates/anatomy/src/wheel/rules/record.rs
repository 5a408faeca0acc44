//! The wheel's `RECORD` does not list what is in it.
//!
//! `RECORD` lists every file of a wheel with its hash and size. pip goes by it when it uninstalls, and other installers refuse
//! a wheel whose list is wrong:
//!
//! ```text
//! installer: In fast-1.0…whl, fast/extra.so is not mentioned in RECORD
//! ```
//!
//! `wr inspect` compares the names and sizes of all files. Hashes it compares for the files that it reads anyway: metadata and
//! bills of materials, and with `--check` binaries, whose hashing takes its time.
//!
//! ## Example
//!
//! A file was added to a finished wheel with `zip`, or changed in it.
//!
//! ## What to do
//!
//! Change wheels with `wheel unpack` and `wheel pack`, which writes `RECORD` anew.
//!
//! ## Where it is specified
//!
//! The Python packaging guide under
//! [the RECORD file](https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::wheel::WheelFacts;

pub(crate) static RULE: Rule = Rule::new("WR0605", "wheel-record", include_str!("record.rs"));

/// More files than these say nothing more.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let message = if !facts.has_record {
        "the wheel has no RECORD".to_owned()
    } else if let Some(first) = facts.unrecorded.first() {
        format!("`{first}` is in the wheel and not in its RECORD")
    } else if let Some(first) = facts.missing.first() {
        format!("`{first}` is in RECORD and not in the wheel")
    } else {
        let first = &facts.altered.first()?.path;
        format!("`{first}` is another file than RECORD says")
    };
    let listed = facts
        .unrecorded
        .iter()
        .chain(&facts.missing)
        .map(|path| Evidence::Section {
            name: path.clone(),
            binary: "RECORD".to_owned(),
        });
    let altered = facts
        .altered
        .iter()
        .map(|file| Evidence::mismatch(&file.path, &file.recorded, &file.found));
    let finding = listed
        .chain(altered)
        .take(SHOWN)
        .fold(RULE.finding(message), Diagnostic::because)
        .severity(Severity::Warning);
    Some(finding.hint("pack it anew with `wheel unpack` and `wheel pack`"))
}
