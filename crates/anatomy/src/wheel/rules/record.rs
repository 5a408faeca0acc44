//! The wheel's `RECORD` doesn't match its contents.
//!
//! `RECORD` lists every file of a wheel with its hash and size. pip uses it to uninstall, and other installers refuse a
//! wheel whose list is wrong:
//!
//! ```text
//! installer: In fast-1.0…whl, fast/extra.so is not mentioned in RECORD
//! ```
//!
//! Every file has a hash there, except `RECORD` itself and its signatures. The hash must be `sha256` or better; `md5`,
//! `sha1` and `sha224` aren't good enough.
//!
//! `wr inspect` compares the names and sizes of all files. It compares hashes for the text files that it reads anyway,
//! metadata and bills of materials; with `--check` it compares them for all files, which takes a while.
//!
//! ## Example
//!
//! Someone added a file to a finished wheel with `zip`, or changed one in it.
//!
//! ## What to do
//!
//! Change wheels with `wheel unpack` and `wheel pack`, which regenerates `RECORD`.
//!
//! ## Where it is specified
//!
//! The Python packaging guide under
//! [the RECORD file](https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file), and
//! for hashes [Binary distribution format](https://packaging.python.org/en/latest/specifications/binary-distribution-format/).

use std::collections::HashSet;

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::others;
use crate::wheel::WheelFacts;

pub(crate) static RULE: Rule = Rule::new("WR0605", "wheel-record", include_str!("record.rs"));

/// The finding lists at most this many files.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    // If the whole directory is missing, RECORD is the least of the problems.
    if facts.dist_info.is_empty() {
        return None;
    }
    let faults = faults(facts);
    let message = if facts.has_record {
        let first = faults.first()?;
        let others = others(faults.len() - 1);
        format!("`{}` {}{others}", first.path, first.message)
    } else {
        "the wheel has no RECORD".to_owned()
    };
    let finding = faults
        .iter()
        .filter(|_| facts.has_record)
        .take(SHOWN)
        .map(|fault| Evidence::mismatch(fault.path, &fault.expected, &fault.found))
        .fold(RULE.finding(message), Diagnostic::because)
        .severity(Severity::Warning);
    Some(finding.hint("repack it with `wheel unpack` and `wheel pack`"))
}

/// Something wrong with a file or its line.
struct Fault<'facts> {
    path: &'facts str,
    message: &'static str,
    expected: String,
    found: String,
}

/// What's wrong, worst first, and only one fault per file.
fn faults(facts: &WheelFacts) -> Vec<Fault<'_>> {
    let fault = |path, message, expected: &str, found: &str| Fault {
        path,
        message,
        expected: expected.to_owned(),
        found: found.to_owned(),
    };
    let unrecorded = facts.unrecorded.iter().map(|path| {
        let message = "is in the wheel but not in its RECORD";
        fault(path, message, "a line in RECORD", "none")
    });
    let missing = facts.missing.iter().map(|path| {
        let message = "is in RECORD but not in the wheel";
        fault(path, message, "a file in the wheel", "none")
    });
    let altered = facts.altered.iter().map(|file| {
        let message = "doesn't match its entry in RECORD";
        fault(&file.path, message, &file.recorded, &file.found)
    });
    let weak = facts.weakly_hashed.iter().map(|file| {
        let message = "has a hash in RECORD that is too weak";
        fault(&file.path, message, "sha256 or better", &file.algorithm)
    });
    let unhashed = facts.unhashed.iter().map(|path| {
        let message = "has no hash in RECORD";
        fault(path, message, "a hash such as sha256", "none")
    });
    let mut known = HashSet::new();
    unrecorded
        .chain(missing)
        .chain(altered)
        .chain(weak)
        .chain(unhashed)
        .filter(|fault| known.insert(fault.path))
        .collect()
}
