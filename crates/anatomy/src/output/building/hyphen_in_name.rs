//! A library or module name contains a hyphen.
//!
//! A library name is an identifier in Rust, and a module name is an identifier in Python; neither can contain `-`. (The
//! *package* name can: cargo and pip turn its hyphens into underscores.)
//!
//! ```text
//! error: failed to parse manifest … library target names cannot contain hyphens: my-mod
//! The module name must not contain a minus
//! ```
//!
//! ## Example
//!
//! ```toml
//! [lib]
//! name = "my-mod"
//! ```
//!
//! ## What to do
//!
//! Use an underscore in `[lib] name` and in `module-name` under `[tool.maturin]`; the package name can stay as it is.
//!
//! ## Where it is specified
//!
//! The cargo book under [the name field](https://doc.rust-lang.org/cargo/reference/cargo-targets.html#the-name-field);
//! Python's reference under [Identifiers](https://docs.python.org/3/reference/lexical_analysis.html#identifiers).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0214",
    "hyphen-in-name",
    include_str!("hyphen_in_name.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output
        .line_with(&["library target names cannot contain hyphens"])
        .or_else(|| output.line_with(&["The module name must not contain a minus"]))?;
    let hint = match line.split_once("hyphens: ") {
        Some((_, name)) => format!(
            "write `name = \"{}\"` under `[lib]` in Cargo.toml",
            name.trim().replace('-', "_")
        ),
        None => "use an underscore in `[lib] name` and in `module-name`".to_owned(),
    };
    Some(
        output
            .finding(&RULE, line, "a library name contains a hyphen")
            .hint(hint),
    )
}
