//! The virtual environment for the tests could not be made.
//!
//! The tests run in a virtual environment that `wr` keeps beside the course, so that nothing is installed into your
//! system. It is made with `uv` where that is on `PATH`, and with Python's own `venv` module otherwise. Debian and Ubuntu ship
//! that module's `ensurepip` part in a package of its own.
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
//! On Debian and Ubuntu: `sudo apt install python3-venv` (or `python3.12-venv` for the version in use). Or install `uv`, which
//! needs neither.
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
        "Python {major}.{minor} cannot make virtual environments: its `ensurepip` is not installed"
    ))
    .because(Evidence::Program {
        name: interpreter.executable.display().to_string(),
        detail: Some("no module named ensurepip".to_owned()),
    })
    .hint(format!(
        "on Debian and Ubuntu: `sudo apt install python{major}.{minor}-venv` (or python3-venv); or install `uv`"
    ))
}

pub(crate) fn failed(command: &str, said: &str) -> Diagnostic {
    RULE.finding("the virtual environment for the tests could not be made")
        .because(Evidence::output(command, said.trim()))
        .hint("the tool's own words below say why; start again afterwards, what is done is kept")
}
