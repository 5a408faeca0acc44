//! A virtual environment is there, and is not what it was when it was made.
//!
//! An environment holds links to the interpreter that it was made from, and scripts that name the directory it was made in.
//! So it goes stale when that interpreter is upgraded or removed, and its scripts stop working when it is moved or copied.
//!
//! ## Example
//!
//! `brew upgrade` or `pyenv uninstall 3.12.1` took the interpreter away; the course was moved to another directory; making
//! the environment was interrupted.
//!
//! ```text
//! bash: .venv/bin/pip: cannot execute: required file not found
//! ```
//!
//! ## What to do
//!
//! For the environment that `wr` keeps: `wr doctor --fix` makes it anew, with what was installed in it; one that was never
//! completed it removes, and the next command makes it. For your own, such as `.venv`: remove it and make it again, with
//! `uv venv` or `python3 -m venv .venv`.
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

/// The finding for an environment: what is the matter with it, and what to do.
pub(crate) fn finding(dir: &Path, matter: &str, because: Evidence, hint: &str) -> Diagnostic {
    RULE.finding(format!("the environment {} {matter}", dir.display()))
        .because(because)
        .hint(hint)
}
