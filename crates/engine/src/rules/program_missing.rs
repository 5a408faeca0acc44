//! A program that is needed is not installed, or not on `PATH`.
//!
//! What builds and tests an extension are other programs: cargo and rustc, a linker, Python. The finding names the one that is
//! missing.
//!
//! ## Example
//!
//! ```text
//! sh: 1: cargo: not found
//! ```
//!
//! ## What to do
//!
//! | program | how to install it |
//! |---|---|
//! | `cargo`, `rustc` | <https://rustup.rs> |
//! | `cc`, `gcc` | `sudo apt install build-essential`, `sudo dnf install gcc`, `xcode-select --install` |
//! | `uv` | `pip install uv`, or the installer in uv's documentation |
//! | `maturin` | `uv tool install maturin`, or `pip install maturin` |
//! | `git` | your system's packages |
//!
//! After installing, open a new terminal, so that it sees the new `PATH`.
//!
//! ## Where it is specified
//!
//! POSIX, "Environment Variables", `PATH`.

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "WR0403",
    "program-missing",
    include_str!("program_missing.rs"),
);

pub(crate) fn finding(program: &str) -> Diagnostic {
    RULE.finding(format!("the program `{program}` was not found"))
        .because(Evidence::Program {
            name: program.to_owned(),
            detail: Some("not on PATH".to_owned()),
        })
        .hint(how_to_install(program))
}

/// What to type to get a program.
fn how_to_install(program: &str) -> String {
    match program {
        "cargo" | "rustc" | "rustup" => {
            "install Rust from https://rustup.rs, then open a new terminal".to_owned()
        }
        "uv" | "uvx" => "install uv: `pip install uv`, or the installer in its documentation".to_owned(),
        "maturin" => "install maturin: `uv tool install maturin`, or `pip install maturin`".to_owned(),
        "pytest" => "install pytest: `pip install pytest`".to_owned(),
        "python" | "python3" => "install CPython 3.11 or newer; `wr explain WR0401` says how".to_owned(),
        "cc" | "gcc" | "clang" | "ld" => {
            "install a C tool chain: `sudo apt install build-essential`, `sudo dnf install gcc` or `xcode-select --install`"
                .to_owned()
        }
        other => format!("install `{other}` and see that it is on PATH"),
    }
}
