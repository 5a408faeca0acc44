//! A virtual environment exists but is broken.
//!
//! An environment holds links to the interpreter it was created from, and scripts that contain the path of its
//! directory. So it goes stale when that interpreter is upgraded or removed, and its scripts stop working when you
//! move or copy it.
//!
//! ## Example
//!
//! `brew upgrade` or `pyenv uninstall 3.12.1` removed the interpreter; the course was moved to another directory;
//! creating the environment was interrupted.
//!
//! ```text
//! bash: .venv/bin/pip: cannot execute: required file not found
//! ```
//!
//! ## What to do
//!
//! For the environment that `wr` manages: `wr doctor --fix` recreates it with the same packages. If it was never
//! completed, `wr doctor --fix` removes it and the next command creates it. For your own environment, such as
//! `.venv`: remove it and create it again with `uv venv` or `python3 -m venv .venv`.
//!
//! ## Where it is specified
//!
//! PEP 405, and the documentation of the module `venv`: environments "are inherently non-portable".

use std::path::Path;

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "WR0411",
    "environment-unusable",
    include_str!("environment_unusable.rs"),
);

/// The finding for an environment: what is wrong with it, and what to do.
pub(crate) fn finding(dir: &Path, problem: &str, because: Evidence, hint: &str) -> Diagnostic {
    RULE.finding(format!("the environment {} {problem}", dir.display()))
        .because(because)
        .hint(hint)
}
