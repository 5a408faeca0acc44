//! A command that the course runs to verify this exercise failed.
//!
//! The course defines its own commands (`[[verification]]` in `.wr.toml`). One of them exited with a status other
//! than 0, so the ones after it weren't run.
//!
//! ## Example
//!
//! A course runs `cargo clippy -- -D warnings`, and there is still a warning:
//!
//! ```text
//! WR0361 `cargo clippy -- -D warnings` failed: exit status 101
//!    cargo clippy -- -D warnings: error: could not compile `setup` (lib) due to 1 previous error
//! ```
//!
//! If the output shows compile errors, tests that failed under `cargo test` or pytest, or a missing tool, findings
//! about those come first.
//!
//! ## What to do
//!
//! The end of the command's own output follows the finding; `-v` shows all of it. To try again without `wr`, run
//! the command by hand in the exercise's directory.
//!
//! ## Where it is specified
//!
//! The book's page "Writing exercises", "Commands of your own".

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::system::Exit;

pub(crate) const RULE: Rule = Rule::new(
    "WR0361",
    "command-failed",
    include_str!("command_failed.rs"),
);

pub(crate) fn finding(command: &str, exit: Exit, last_line: &str) -> Diagnostic {
    let how = match exit {
        Exit::Code(code) => format!("exit status {code}"),
        Exit::Signal(signal) => super::crashed::describe_signal(signal),
    };
    let finding = RULE.finding(format!("`{command}` failed: {how}"));
    if last_line.is_empty() {
        finding
    } else {
        finding.because(Evidence::output(command, last_line))
    }
}
