//! A required program isn't installed or isn't on `PATH`.
//!
//! Building and testing an extension takes other programs: cargo and rustc, a linker, Python. The finding names the
//! one that is missing.
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
//! After installing, open a new terminal, so that it picks up the new `PATH`.
//!
//! ## Where it is specified
//!
//! POSIX, "Environment Variables", `PATH`.

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::system::Exit;

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

/// The finding when a tool that a command started reports another tool as missing. Only the tools' own messages count.
pub(crate) fn in_output(exit: Exit, text: &str) -> Option<Diagnostic> {
    text.lines().map(str::trim).find_map(|line| {
        let (message, hint) = rust_tool(line)
            .or_else(|| python_module(line))
            .or_else(|| spawned(line))
            .or_else(|| (exit == Exit::Code(NOT_FOUND)).then(|| of_shell(line))?)?;
        Some(
            RULE.finding(message)
                .because(Evidence::output("command", line))
                .hint(hint),
        )
    })
}

/// The exit status of a shell, and of `env`, if a program wasn't found (POSIX, "Command Search and Execution").
const NOT_FOUND: i32 = 127;

/// The missing Rust tool, from the messages of rustup and cargo.
fn rust_tool(line: &str) -> Option<(String, String)> {
    let rest = line.strip_prefix("error: ")?;
    if let Some(rest) = rest.strip_prefix("toolchain '") {
        let (name, rest) = rest.split_once('\'')?;
        let channel = name
            .split(['-'])
            .next()
            .filter(|_| name.matches('-').count() >= 3);
        return rest.starts_with(" is not installed").then(|| {
            (
                format!("the Rust toolchain `{name}` isn't installed"),
                format!("run `rustup toolchain install {}`", channel.unwrap_or(name)),
            )
        });
    }
    if let Some(name) = quoted(rest, "no such command: `", '`') {
        return Some((
            format!("cargo has no command `{name}`"),
            format!("install the tool that adds it, usually `cargo install cargo-{name}`"),
        ));
    }
    if let Some(name) = quoted(rest, "'", '\'')
        && rest.contains("' is not installed for the toolchain '")
    {
        let component = name.trim_start_matches("cargo-").trim_end_matches(".exe");
        return Some((
            format!("the program `{name}` isn't part of this Rust toolchain"),
            format!(
                "run `rustup component add {}`",
                if component == "fmt" {
                    "rustfmt"
                } else {
                    component
                }
            ),
        ));
    }
    let linker = quoted(rest, "linker `", '`').filter(|_| rest.ends_with("` not found"))?;
    Some((
        format!("the program `{linker}` was not found"),
        how_to_install(linker),
    ))
}

/// `/usr/bin/python3: No module named pytest`, as `python -m pytest` prints.
fn python_module(line: &str) -> Option<(String, String)> {
    let (python, module) = line.split_once(": No module named ")?;
    let name = python.rsplit('/').next()?;
    let is_name = |text: &str| {
        !text.is_empty() && !text.contains(|one: char| one.is_whitespace() || one == '\'')
    };
    (name.starts_with("python") && is_name(name) && is_name(module)).then(|| {
        (
            format!("`{name}` has no module `{module}`"),
            format!("install it for that Python: `{name} -m pip install {module}`"),
        )
    })
}

/// ``error: Failed to spawn: `pytest` ``, as `uv run` prints.
fn spawned(line: &str) -> Option<(String, String)> {
    let name = quoted(line, "error: Failed to spawn: `", '`')?;
    Some((
        format!("the program `{name}` was not found"),
        how_to_install(name),
    ))
}

/// The missing program, from the messages of shells and `env`.
fn of_shell(line: &str) -> Option<(String, String)> {
    let (before, after) = line.rsplit_once(": ")?;
    let name = match after {
        "not found" | "command not found" => before.rsplit(": ").next()?,
        "No such file or directory" => before.strip_prefix("env: ")?,
        _ => return None,
    };
    let name = name.trim_matches(['\'', '‘', '’', '"', '`']);
    let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
    is_name.then(|| {
        (
            format!("the program `{name}` was not found"),
            how_to_install(name),
        )
    })
}

fn quoted<'t>(text: &'t str, before: &str, after: char) -> Option<&'t str> {
    text.strip_prefix(before)?
        .split_once(after)
        .map(|(name, _)| name)
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
            "install a C toolchain: `sudo apt install build-essential`, `sudo dnf install gcc` or `xcode-select --install`"
                .to_owned()
        }
        other => format!("install `{other}` and make sure it's on PATH"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(exit: i32, text: &str, expect: Option<(&str, &str)>) {
        let found = in_output(Exit::Code(exit), text);
        let found = found.as_ref().map(|one| {
            (
                one.message.as_str(),
                one.hint.as_deref().unwrap_or_default(),
            )
        });
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn the_missing_tool_is_named() {
        check(
            1,
            "error: toolchain 'nightly-x86_64-unknown-linux-gnu' is not installed",
            Some((
                "the Rust toolchain `nightly-x86_64-unknown-linux-gnu` isn't installed",
                "run `rustup toolchain install nightly`",
            )),
        );
        check(
            101,
            "error: no such command: `nextest`\n\nhelp: view all",
            Some((
                "cargo has no command `nextest`",
                "install the tool that adds it, usually `cargo install cargo-nextest`",
            )),
        );
        check(
            1,
            "error: 'cargo-clippy' is not installed for the toolchain 'stable'.",
            Some((
                "the program `cargo-clippy` isn't part of this Rust toolchain",
                "run `rustup component add clippy`",
            )),
        );
        check(
            1,
            "/usr/bin/python3: No module named pytest",
            Some((
                "`python3` has no module `pytest`",
                "install it for that Python: `python3 -m pip install pytest`",
            )),
        );
        check(
            127,
            "sh: 1: uv: not found",
            Some((
                "the program `uv` was not found",
                "install uv: `pip install uv`, or the installer in its documentation",
            )),
        );
    }

    #[test]
    fn other_messages_are_not_a_missing_tool() {
        check(1, "sh: 1: uv: not found", None);
        check(1, "E   ModuleNotFoundError: No module named 'numpy'", None);
        check(1, "error: the key was not found", None);
        check(127, "the book: page: not found here", None);
    }
}
