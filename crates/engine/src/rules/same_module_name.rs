//! Two test files have the same module name.
//!
//! By default pytest imports a test file under its bare file name, after putting its directory first on `sys.path`. Python keeps one
//! module for each name, so of two files called `test_it.py` in directories without an `__init__.py` it can import only the first.
//!
//! ## Example
//!
//! ```text
//! tests/a/test_it.py
//! tests/b/test_it.py
//!
//! import file mismatch:
//! imported module 'test_it' has this __file__ attribute:
//!   tests/a/test_it.py
//! which is not the same as the test file we want to collect:
//!   tests/b/test_it.py
//! ```
//!
//! When there are several such pairs, one finding lists them.
//!
//! ## What to do
//!
//! Any one of these will do:
//!
//! - Give one of the files another name.
//! - Put an empty `__init__.py` into both directories: the modules are then `a.test_it` and `b.test_it`.
//! - Have pytest import files without touching `sys.path`, in `pyproject.toml`:
//!
//!   ```toml
//!   [tool.pytest.ini_options]
//!   addopts = ["--import-mode=importlib"]
//!   ```
//!
//! If the other file isn't among the tests, Python imported it from somewhere that comes first on `sys.path`, or from a
//! `__pycache__` that was copied along with the tests. Remove that file or that directory.
//!
//! ## Where it is specified
//!
//! pytest's documentation, "Import modes" and "Good integration practices".

use std::path::Path;

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new(
    "WR0364",
    "same-module-name",
    include_str!("same_module_name.rs"),
);

/// What pytest raises: `ImportPathMismatchError: ('NAME', 'THERE', PosixPath('HERE'))`, for the test file `wanted`.
pub(crate) fn finding(wanted: &str, text: &str) -> Option<Diagnostic> {
    let first = text.lines().next()?;
    let arguments = first.split_once("ImportPathMismatchError: (")?.1;
    let mut quoted = arguments.split('\'').skip(1).step_by(2);
    let (name, there, here) = (quoted.next()?, quoted.next()?, quoted.next()?);
    let root = here.strip_suffix(wanted);
    let other = root.and_then(|root| there.strip_prefix(root));
    let finding = match other {
        Some(other) => RULE
            .finding(format!(
                "{other} and {wanted} have the same module name, `{name}`, so Python can import only one of them"
            ))
            .because(Evidence::at(SourceLocation::file(other)))
            .hint(
                "rename one of them, put an empty `__init__.py` into both directories, or set `addopts = [\"--import-mode=importlib\"]` \
                 under `[tool.pytest.ini_options]`",
            ),
        None => RULE
            .finding(format!(
                "`{name}` was imported from {there}, which isn't the test file {wanted}"
            ))
            .hint(format!(
                "rename {wanted}, or remove the other file; if that's only a stale `__pycache__` directory, remove it"
            )),
    };
    Some(finding.because(Evidence::at(SourceLocation::file(wanted))))
}

/// The findings, with all that are about two test files merged into one.
pub(crate) fn folded(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (pairs, mut rest): (Vec<_>, Vec<_>) = findings
        .iter()
        .cloned()
        .enumerate()
        .partition(|(_, finding)| pair(finding).is_some());
    if pairs.len() < 2 {
        return findings;
    }
    let mut all = RULE.finding(format!(
        "{} test files have the same module name as another one, so Python can't import them",
        pairs.len()
    ));
    for (other, wanted) in pairs.iter().filter_map(|(_, one)| pair(one)) {
        let name = Path::new(other).file_stem().unwrap_or_default();
        let text = format!("`{}`, like {other}", name.display());
        all = all.because(Evidence::at_text(SourceLocation::file(wanted), text));
    }
    let (at, first) = &pairs[0];
    all.hint.clone_from(&first.hint);
    let at = rest.iter().filter(|(place, _)| place < at).count();
    rest.insert(at, (0, all));
    rest.into_iter().map(|(_, finding)| finding).collect()
}

/// The two files of a finding: the one that was imported and the one that can't be.
fn pair(finding: &Diagnostic) -> Option<(&str, &str)> {
    match finding.evidence.as_slice() {
        [
            Evidence::Source {
                location: other, ..
            },
            Evidence::Source {
                location: wanted, ..
            },
        ] if finding.code == *RULE.code() => Some((&other.file, &wanted.file)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = "tests/b/test_it.py";

    #[test]
    fn both_files_are_named_from_the_root() {
        let text = "ImportPathMismatchError: ('test_it', '/home/x/p/tests/a/test_it.py', PosixPath('/home/x/p/tests/b/test_it.py'))";
        let found = finding(WANTED, text).unwrap();
        assert!(
            found
                .message
                .starts_with("tests/a/test_it.py and tests/b/test_it.py have"),
            "{}",
            found.message
        );
    }

    #[test]
    fn a_file_from_elsewhere_is_named_whole() {
        let text = "_pytest.pathlib.ImportPathMismatchError: ('test_it', '/old/tests/b/test_it.py', PosixPath('/new/tests/b/test_it.py'))";
        let found = finding(WANTED, text).unwrap();
        assert!(
            found.message.contains("from /old/tests/b/test_it.py"),
            "{}",
            found.message
        );
    }

    #[test]
    fn other_errors_are_others() {
        assert!(finding(WANTED, "ImportError: no").is_none());
        assert!(finding(WANTED, "ImportPathMismatchError: ()").is_none());
    }
}
