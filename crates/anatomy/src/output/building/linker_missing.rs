//! This machine has no linker.
//!
//! rustc compiles code itself but leaves linking to the system's tools, which aren't installed:
//!
//! ```text
//! error: linker `cc` not found
//! error: linker `link.exe` not found
//! ```
//!
//! ## Example
//!
//! A fresh Linux container with nothing but rustup, or Windows without the Visual Studio build tools.
//!
//! ## What to do
//!
//! - Debian, Ubuntu: `apt install build-essential`
//! - Fedora: `dnf install gcc`
//! - Alpine: `apk add build-base`
//! - macOS: `xcode-select --install`
//! - Windows: install the "Desktop development with C++" workload of the Visual Studio build tools
//!
//! ## Where it is specified
//!
//! The Rust book under [Installation](https://doc.rust-lang.org/book/ch01-01-installation.html), the rustc book under
//! [the linker option](https://doc.rust-lang.org/rustc/codegen-options/index.html#linker).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for callers that know the cause from evidence other than printed output.
pub static RULE: Rule = Rule::new(
    "WR0219",
    "linker-missing",
    include_str!("linker_missing.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, linker) = output.between("error: linker `", "` not found")?;
    let hint = match linker {
        "link.exe" => {
            "install the Visual Studio build tools with the workload \"Desktop development with C++\""
        }
        "cc" | "gcc" | "clang" => {
            "install a C compiler: `apt install build-essential`, `dnf install gcc`, `apk add build-base` or `xcode-select --install`"
        }
        _ => {
            "install it, or remove the `linker` setting that names it from `.cargo/config.toml` or `RUSTFLAGS`"
        }
    };
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("the linker `{linker}` isn't installed"),
            )
            .because(Evidence::Program {
                name: linker.to_owned(),
                detail: Some("not found".to_owned()),
            })
            .hint(hint),
    )
}
