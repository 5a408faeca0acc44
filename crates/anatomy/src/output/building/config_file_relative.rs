//! `PYO3_CONFIG_FILE` isn't an absolute path.
//!
//! Each crate's build script runs in its own directory, so a relative path would name a different file in each. PyO3
//! refuses it:
//!
//! ```text
//! error: PYO3_CONFIG_FILE must be an absolute path
//! ```
//!
//! ## Example
//!
//! `PYO3_CONFIG_FILE=pyo3.cfg cargo build`
//!
//! ## What to do
//!
//! Use the full path: `PYO3_CONFIG_FILE="$PWD/pyo3.cfg" cargo build`. In `.cargo/config.toml`, use
//! `PYO3_CONFIG_FILE = { value = "pyo3.cfg", relative = true }`, which cargo makes absolute.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Advanced: config
//! files](https://pyo3.rs/latest/building-and-distribution.html#advanced-config-files), and the cargo book under [the
//! env section](https://doc.rust-lang.org/cargo/reference/config.html#env).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for callers that know the cause from evidence other than printed output.
pub static RULE: Rule = Rule::new(
    "WR0207",
    "config-file-relative",
    include_str!("config_file_relative.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&["PYO3_CONFIG_FILE must be an absolute path"])?;
    Some(
        output
            .finding(&RULE, line, "`PYO3_CONFIG_FILE` is a relative path")
            .because(Evidence::Variable {
                name: "PYO3_CONFIG_FILE".to_owned(),
                value: None,
            })
            .hint("use the full path, for example `PYO3_CONFIG_FILE=\"$PWD/pyo3.cfg\"`"),
    )
}
