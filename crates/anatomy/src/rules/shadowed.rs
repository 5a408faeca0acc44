//! An older file of the same module is found before the fresh one.
//!
//! For a module's name Python tries the directories of `sys.path` in turn, and in each the suffixes of
//! `importlib.machinery.EXTENSION_SUFFIXES` in turn: the one with the version first, then `.abi3.so`, then `.so`. The first
//! file that exists is loaded. When that is a leftover, every rebuild seems to change nothing, and no message says why.
//!
//! ## Example
//!
//! ```text
//! fast.cpython-312-x86_64-linux-gnu.so    last month, from `maturin develop` without abi3
//! fast.abi3.so                            today
//! ```
//!
//! Python 3.12 loads the first.
//!
//! ## What to do
//!
//! Delete the file that the finding names. If it belongs to an installed copy, uninstall that: `pip uninstall fast`.
//!
//! ## Where it is specified
//!
//! Python's manual under
//! [importlib.machinery](https://docs.python.org/3/library/importlib.html#importlib.machinery.EXTENSION_SUFFIXES);
//! maturin's issue 1922.

use diagnostic::{Diagnostic, Evidence, Rule, Severity, SourceLocation};

use crate::names::ModuleName;

pub(crate) static RULE: Rule =
    Rule::new("WR0111", "shadowed-extension", include_str!("shadowed.rs"));

/// A file that Python would take for a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its path, as it should be shown.
    pub path: String,
    /// When it was last written, in seconds since 1970.
    pub modified: u64,
}

/// Judges the files that Python would take for a module, given in the order in which it tries them.
pub fn judge_candidates(module: &ModuleName, candidates: &[Candidate]) -> Option<Diagnostic> {
    let (taken, rest) = candidates.split_first()?;
    let newest = rest.iter().max_by_key(|candidate| candidate.modified)?;
    if newest.modified <= taken.modified {
        return None;
    }
    Some(
        RULE.finding(format!(
            "Python loads `{}` for `{module}`, though a newer build lies behind it",
            taken.path
        ))
        .severity(Severity::Warning)
        .because(Evidence::at_text(
            SourceLocation::file(&taken.path),
            "is found first, and is older",
        ))
        .because(Evidence::at_text(
            SourceLocation::file(&newest.path),
            "is newer, and not reached",
        ))
        .hint(format!(
            "delete `{}`, or uninstall the package that it belongs to",
            taken.path
        )),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(files: &[(&str, u64)]) -> Option<Diagnostic> {
        let candidates: Vec<Candidate> = files
            .iter()
            .map(|(path, modified)| Candidate {
                path: (*path).to_owned(),
                modified: *modified,
            })
            .collect();
        judge_candidates(&"fast".parse().unwrap(), &candidates)
    }

    #[test]
    fn an_older_file_that_comes_first_is_named() {
        let finding = judge(&[("fast.cpython-312-darwin.so", 1), ("fast.abi3.so", 2)]).unwrap();
        assert_eq!(finding.code.as_str(), "WR0111");
        assert!(finding.hint.unwrap().contains("fast.cpython-312-darwin.so"));
    }

    #[test]
    fn the_newest_first_is_as_it_should_be() {
        assert_eq!(
            judge(&[("fast.cpython-312-darwin.so", 2), ("fast.abi3.so", 1)]),
            None
        );
        assert_eq!(judge(&[("fast.abi3.so", 1)]), None);
        assert_eq!(judge(&[]), None);
    }
}
