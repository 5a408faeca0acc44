//! Python finds an older file for the same module before the new one.
//!
//! To find a module, Python tries the directories of `sys.path` in order. In each one, a package (a directory with an
//! `__init__.py`) wins over a module. For modules, Python tries the suffixes in
//! `importlib.machinery.EXTENSION_SUFFIXES` in order: the one with the version first, then `.abi3.so`, then `.so`; and
//! an extension wins over a `.py` source file. The first match is loaded. If that's a leftover, every rebuild seems to
//! change nothing, and no message says why. An extension next to a package with the same name is never imported at all.
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
//! Python loads the package, and never the extension.
//!
//! Any other module with the same name hides the extension too. Modules built into Python come first, then the standard
//! library, then installed packages; and pytest puts the directory of each test file in front of all of them:
//!
//! ```text
//! tests/fast.py           helpers for the tests
//! tests/test_fast.py      import fast
//! ```
//!
//! The test imports the file next to it, and the extension is never loaded.
//!
//! ## What to do
//!
//! Delete or rename the file that the finding names; an extension with the same name as a standard library module needs
//! another name. If the file belongs to an installed copy, uninstall that: `pip uninstall fast`. If you want both the
//! package and the extension, rename the extension or move it into the package: with maturin, `module-name =
//! "fast._fast"` under `[tool.maturin]` in `pyproject.toml`.
//!
//! ## Where it is specified
//!
//! Python's manual under
//! [importlib.machinery](https://docs.python.org/3/library/importlib.html#importlib.machinery.EXTENSION_SUFFIXES);
//! maturin's issue 1922.

use diagnostic::{Diagnostic, Evidence, Rule, Severity, SourceLocation};

use crate::names::ModuleName;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new("WR0111", "shadowed-extension", include_str!("shadowed.rs"));

/// A file that Python would accept for a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its path, as shown to the user.
    pub path: String,
    /// When it was last written, in seconds since 1970.
    pub modified: u64,
}

/// Judges the files that Python would accept for a module, in the order in which it tries them: a package's `__init__`,
/// extensions, a source file.
pub fn judge_candidates(module: &ModuleName, candidates: &[Candidate]) -> Option<Diagnostic> {
    let (taken, rest) = candidates.split_first()?;
    let is_package = taken.is_package() && module.leaf() != "__init__";
    // Even if a package and an extension were installed together, only one of them is ever imported.
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
                "delete `{}` if it's a leftover; otherwise rename it or move it into the package",
                newest.path
            ),
        )
    } else if newest.is_source() {
        (
            format!(
                "Python loads `{}` for `{module}`, which was built before its source changed",
                taken.path
            ),
            format!(
                "rebuild it, or delete `{}` so that Python uses the source",
                taken.path
            ),
        )
    } else {
        (
            format!(
                "Python loads `{}` for `{module}`, though there is a newer build further down the search path",
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
                    "is newer, but not reached"
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
    fn a_package_hides_an_extension_next_to_it() {
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
        assert!(finding.message.ends_with("built before its source changed"));
        assert_eq!(judge(&[("fast.abi3.so", 1), ("fast.py", 1)]), None);
    }

    #[test]
    fn the_newest_file_first_is_fine() {
        assert_eq!(
            judge(&[("fast.cpython-312-darwin.so", 2), ("fast.abi3.so", 1)]),
            None
        );
        assert_eq!(judge(&[("fast.abi3.so", 1)]), None);
        assert_eq!(judge(&[]), None);
    }
}
