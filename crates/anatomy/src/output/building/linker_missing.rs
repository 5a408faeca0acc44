//! There is no linker on this machine.
//!
//! rustc compiles by itself, but leaves linking to the system's tools, and these are not installed:
//!
//! ```text
//! error: linker `cc` not found
//! error: linker `link.exe` not found
//! ```
//!
//! ## Example
//!
//! A fresh Linux container with rustup and nothing else; Windows without the build tools of Visual Studio.
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

/// The rule, for whoever knows the same from other evidence than a text.
pub static RULE: Rule = Rule::new(
    "WR0219",
    "linker-missing",
    include_str!("linker_missing.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, linker) = output.between("error: linker `", "` not found")?;
    let hint = match linker {
        "link.exe" => {
            "install the build tools of Visual Studio, with the workload \"Desktop development with C++\""
        }
        "cc" | "gcc" | "clang" => {
            "install a C compiler: `apt install build-essential`, `dnf install gcc`, `apk add build-base` or `xcode-select --install`"
        }
        _ => {
            "install it, or remove the setting `linker` from `.cargo/config.toml` or `RUSTFLAGS` that names it"
        }
    };
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("the linker `{linker}` is not installed"),
            )
            .because(Evidence::Program {
                name: linker.to_owned(),
                detail: Some("not found".to_owned()),
            })
            .hint(hint),
    )
}
