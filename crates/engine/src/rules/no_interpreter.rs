//! No Python interpreter was found.
//!
//! An extension module is built for a particular interpreter, and the tests run in it. `wr` looks for the one that
//! you name with `--python`, then an active virtual environment, then `python3`, `python`, and `python3.11` and
//! later on `PATH`, and then the versions installed by pyenv and uv.
//!
//! ## Example
//!
//! A fresh container has no Python, and a build without `wr` says
//!
//! ```text
//! error: no Python 3.x interpreter found
//! ```
//!
//! ## What to do
//!
//! Install CPython 3.11 or newer: `sudo apt install python3 python3-venv` on Debian and Ubuntu,
//! `sudo dnf install python3` on Fedora, `brew install python` on macOS, or `uv python install`.
//!
//! ## Where it is specified
//!
//! The Python documentation, "Python Setup and Usage".

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::interpreter::NoInterpreter;

pub(crate) const RULE: Rule = Rule::new(
    "WR0401",
    "no-interpreter",
    include_str!("no_interpreter.rs"),
);

pub(crate) fn finding(missed: &NoInterpreter) -> Diagnostic {
    let mut finding = RULE.finding(missed.to_string());
    for (program, reason) in &missed.silent {
        finding = finding.because(Evidence::Program {
            name: program.display().to_string(),
            detail: Some(reason.clone()),
        });
    }
    finding.hint(match missed.requested {
        Some(_) => "name the interpreter by its path, such as --python /usr/bin/python3.12, or leave --python out",
        None => "install CPython 3.11 or newer and check that `python3` is on PATH; `wr explain WR0401` says how",
    })
}
