//! A command that the course runs to verify this exercise failed.
//!
//! The course names its own commands (`[[verification]]` in `.wr.toml`). One of them ended with a status other than 0, and
//! the ones after it were not run.
//!
//! ## Example
//!
//! A course verifies by `cargo clippy -- -D warnings`, and a warning is left:
//!
//! ```text
//! WR0361 `cargo clippy -- -D warnings` failed: exit status 101
//!    cargo clippy -- -D warnings: error: could not compile `setup` (lib) due to 1 previous error
//! ```
//!
//! Where the output tells of compile errors, of tests that failed under `cargo test` or pytest, or of a tool that is missing,
//! findings about those come first.
//!
//! ## What to do
//!
//! The end of the command's own output follows the finding; `-v` shows all of it. Run the command by hand in the exercise's
//! directory to try again without `wr`.
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
