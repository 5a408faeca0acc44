//! maturin has no virtual environment to install into.
//!
//! `maturin develop` installs the extension into an environment so that its Python can import it. It uses the active
//! one, or a `.venv` in the current directory or a parent. Here it finds neither:
//!
//! ```text
//! 💥 maturin failed
//!   Caused by: Couldn't find a virtualenv or conda environment, but you need one to use this command.
//! ```
//!
//! ## Example
//!
//! A fresh checkout where you haven't created the environment yet, or a new shell where you haven't activated it.
//!
//! ## What to do
//!
//! `uv venv`, or `python3 -m venv .venv` and `source .venv/bin/activate`; then `maturin develop` again.
//!
//! ## Where it is specified
//!
//! maturin's guide under [Local development](https://www.maturin.rs/local_development.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

pub(crate) static RULE: Rule = Rule::new(
    "WR0223",
    "no-environment",
    include_str!("no_environment.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&["Couldn't find a virtualenv or conda environment"])?;
    Some(
        output
            .finding(&RULE, line, "there is no virtual environment to install the extension into")
            .hint("create one with `uv venv` or `python3 -m venv .venv`, and activate it with `source .venv/bin/activate`"),
    )
}
