//! An environment variable misdirects a build or an interpreter.
//!
//! Compilers, cargo, PyO3 and Python all read environment variables. One that was set long ago, in a shell's
//! start-up file or by another tool, silently changes what they do. `wr` shields its own builds from several:
//! `PYO3_PYTHON` and its relatives, `VIRTUAL_ENV`, `CONDA_PREFIX` and `CARGO_TARGET_DIR` don't reach them, and
//! `PYTHONHOME` reaches neither the tests nor the installer. Others do take effect in `wr` too: `RUSTFLAGS`,
//! `CARGO_BUILD_TARGET`, `RUSTC_WRAPPER`, `PYTHONPATH`.
//!
//! ## Example
//!
//! ```text
//! CARGO_BUILD_TARGET=aarch64-unknown-linux-gnu
//! ```
//!
//! On an `x86_64` machine, Python can't load what this builds.
//!
//! ## What to do
//!
//! Run `unset NAME` to clear it in this terminal; `wr doctor` says what each variable does. If it comes back, look
//! for it in `~/.profile`, `~/.bashrc`, `~/.zshrc` and your editor's settings.
//!
//! ## Where it is specified
//!
//! The cargo book under [Environment
//! Variables](https://doc.rust-lang.org/cargo/reference/environment-variables.html), PyO3's guide under [Building
//! and distribution](https://pyo3.rs/latest/building-and-distribution.html), the Python documentation under
//! [Command line and environment](https://docs.python.org/3/using/cmdline.html#environment-variables).

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "WR0413",
    "misleading-variable",
    include_str!("misleading_variable.rs"),
);

/// The finding for a variable with its value: what it does, and whether `wr` is affected.
pub(crate) fn finding(name: &str, value: &str, effect: &str, for_wr: &str) -> Diagnostic {
    RULE.finding(format!("{name} is set: {effect}"))
        .because(Evidence::Variable {
            name: name.to_owned(),
            value: Some(value.to_owned()),
        })
        .hint(format!(
            "{for_wr}. If it comes back, one of your shell's start-up files sets it"
        ))
}
