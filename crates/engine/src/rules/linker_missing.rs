//! The Rust compiler found no linker.
//!
//! The last step of a build hands the compiled pieces to the system's linker, which comes with the C tool chain and not
//! with Rust.
//!
//! # Example
//!
//! ```text
//! error: linker `cc` not found
//! ```
//!
//! # How to fix it
//!
//! `sudo apt install build-essential` on Debian and Ubuntu, `sudo dnf install gcc` on Fedora, `xcode-select --install` on
//! macOS, the "Desktop development with C++" workload of the Visual Studio Build Tools on Windows.
//!
//! # Where it is specified
//!
//! The rustc book, "Codegen options", `linker`.

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "WR0407",
    "linker-missing",
    include_str!("linker_missing.rs"),
);

/// The finding, where the compiler's message says so.
pub(crate) fn in_message(message: &str) -> Option<Diagnostic> {
    let linker = message.strip_prefix("linker `")?.split('`').next()?;
    message.ends_with("not found").then(|| {
        RULE.finding(format!("the linker `{linker}` is not installed"))
            .because(Evidence::output("rustc", message))
            .hint("install a C tool chain: `sudo apt install build-essential`, `sudo dnf install gcc` or `xcode-select --install`")
    })
}
