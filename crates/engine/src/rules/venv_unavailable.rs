//! The virtual environment for the tests could not be created.
//!
//! The tests run in a virtual environment that `wr` manages alongside the course, so that nothing is installed into
//! your system. `wr` creates it with `uv` if that is on `PATH`, and otherwise with Python's own `venv` module.
//! Debian and Ubuntu ship that module's `ensurepip` part as a separate package.
//!
//! ## Example
//!
//! ```text
//! The virtual environment was not created successfully because ensurepip is not
//! available.  On Debian/Ubuntu systems, you need to install the python3-venv package.
//! ```
//!
//! ## What to do
//!
//! On Debian and Ubuntu, run `sudo apt install python3-venv` (or `python3.12-venv` for the version in use). Or
//! install `uv`, which needs neither.
//!
//! ## Where it is specified
//!
//! PEP 405 (virtual environments), PEP 453 (`ensurepip`).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::interpreter::Interpreter;

pub(crate) const RULE: Rule = Rule::new(
    "WR0404",
    "venv-unavailable",
    include_str!("venv_unavailable.rs"),
);

pub(crate) fn without_ensurepip(interpreter: &Interpreter) -> Diagnostic {
    let (major, minor, _) = interpreter.version;
    RULE.finding(format!(
        "Python {major}.{minor} can't create virtual environments: its `ensurepip` isn't installed"
    ))
    .because(Evidence::Program {
        name: interpreter.executable.display().to_string(),
        detail: Some("no module named ensurepip".to_owned()),
    })
    .hint(format!(
        "on Debian and Ubuntu: `sudo apt install python{major}.{minor}-venv` (or python3-venv); or install `uv`"
    ))
}

pub(crate) fn failed(command: &str, output: &str) -> Diagnostic {
    RULE.finding("the virtual environment for the tests could not be created")
        .because(Evidence::output(command, output.trim()))
        .hint("the tool's own message says why; fix that and start again, finished steps are kept")
}
