//! An older file of the same module is found before the fresh one.
//!
//! For a module's name Python tries the directories of `sys.path` in turn. In each it takes a package, which is a directory with an
//! `__init__.py`, before a module; of modules it tries the suffixes of `importlib.machinery.EXTENSION_SUFFIXES` in turn, the
//! one with the version first, then `.abi3.so`, then `.so`; and an extension comes before a source, `.py`. The first that exists
//! is loaded. When that is a leftover, every rebuild seems to change nothing, and no message says why. An extension beside a
//! package of its name is never imported at all.
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
//! ```text
//! fast/__init__.py
//! fast.abi3.so            today
//! ```
//!
//! Python loads the package, and nothing loads the extension.
//!
//! Any other module of the name hides the extension as well. Modules that are built into Python come first of all, then those of
//! the standard library, then installed packages; and pytest puts the directory of each test file in front of all of them:
//!
//! ```text
//! tests/fast.py           helpers for the tests
//! tests/test_fast.py      import fast
//! ```
//!
//! The test gets its neighbour, and the extension is never loaded.
//!
//! ## What to do
//!
//! Delete or rename the file that the finding names; an extension that is called like a module of the standard library needs
//! another name. If it belongs to an installed copy, uninstall that: `pip uninstall fast`. Of a package
//! and an extension both of which are wanted, the extension needs another name or a place inside the package: with
//! maturin, `module-name = "fast._fast"` under `[tool.maturin]` in `pyproject.toml`.
//!
//! ## Where it is specified
//!
//! Python's manual under
//! [importlib.machinery](https://docs.python.org/3/library/importlib.html#importlib.machinery.EXTENSION_SUFFIXES);
//! maturin's issue 1922.

use diagnostic::{Diagnostic, Evidence, Rule, Severity, SourceLocation};

use crate::names::ModuleName;

/// The rule.
pub static RULE: Rule = Rule::new("WR0111", "shadowed-extension", include_str!("shadowed.rs"));

/// A file that Python would take for a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its path, as it should be shown.
    pub path: String,
    /// When it was last written, in seconds since 1970.
    pub modified: u64,
}

/// Judges the files that Python would take for a module, given in the order in which it tries them: the `__init__` of a package,
/// extensions, a source.
pub fn judge_candidates(module: &ModuleName, candidates: &[Candidate]) -> Option<Diagnostic> {
    let (taken, rest) = candidates.split_first()?;
    let is_package = taken.is_package() && module.leaf() != "__init__";
    // Of a package and an extension that were installed together, too, only one is ever imported.
    let is_hidden = |one: &&Candidate| {
        if is_package {
            !one.is_source() && one.modified >= taken.modified
        } else {
            one.modified > taken.modified
        }
    };
    let newest = rest
        .iter()
        .filter(is_hidden)
        .max_by_key(|candidate| candidate.modified)?;
    let (message, hint) = if is_package {
        (
            format!(
                "Python loads the package `{}` for `{module}`, and never the extension `{}`",
                taken.path, newest.path
            ),
            format!(
                "delete `{}` if it is a leftover; else give it another name, or a place inside the package",
                newest.path
            ),
        )
    } else if newest.is_source() {
        (
            format!(
                "Python loads `{}` for `{module}`, which was built before its source was changed",
                taken.path
            ),
            format!(
                "build it again, or delete `{}` so that Python takes the source",
                taken.path
            ),
        )
    } else {
        (
            format!(
                "Python loads `{}` for `{module}`, though a newer build lies behind it",
                taken.path
            ),
            format!(
                "delete `{}`, or uninstall the package that it belongs to",
                taken.path
            ),
        )
    };
    Some(
        RULE.finding(message)
            .severity(Severity::Warning)
            .because(Evidence::at_text(
                SourceLocation::file(&taken.path),
                if is_package {
                    "is found first"
                } else {
                    "is found first, and is older"
                },
            ))
            .because(Evidence::at_text(
                SourceLocation::file(&newest.path),
                if is_package {
                    "is not reached"
                } else {
                    "is newer, and not reached"
                },
            ))
            .hint(hint),
    )
}

impl Candidate {
    fn is_package(&self) -> bool {
        self.file_name().starts_with("__init__.")
    }

    fn is_source(&self) -> bool {
        let ending = self.file_name().rsplit('.').next();
        matches!(ending, Some("py" | "pyc"))
    }

    fn file_name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }
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
    fn a_package_hides_an_extension_beside_it() {
        let finding = judge(&[
            ("a/fast/__init__.py", 1),
            ("a/fast.abi3.so", 1),
            ("a/fast.py", 0),
        ])
        .unwrap();
        assert_eq!(
            finding.message,
            "Python loads the package `a/fast/__init__.py` for `fast`, and never the extension `a/fast.abi3.so`"
        );
        assert!(finding.hint.unwrap().starts_with("delete `a/fast.abi3.so`"));
        assert_eq!(judge(&[("fast/__init__.py", 2), ("fast.abi3.so", 1)]), None);
    }

    #[test]
    fn an_extension_hides_its_source() {
        let finding = judge(&[("fast.abi3.so", 1), ("fast.py", 2)]).unwrap();
        assert!(
            finding
                .message
                .ends_with("built before its source was changed")
        );
        assert_eq!(judge(&[("fast.abi3.so", 1), ("fast.py", 1)]), None);
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
