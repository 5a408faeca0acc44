//! The commands that verify an exercise.

use super::source::TomlError;
use super::value::Table;

/// How an exercise is verified.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Verification {
    /// No commands are given: wr verifies it its own way.
    #[default]
    Native,
    /// The author's commands, run in order in the exercise's directory, without a shell.
    Commands {
        /// The commands; if the list is empty, only the build remains.
        commands: Vec<VerificationCommand>,
        /// Whether the exercise is built before the first command.
        build_first: bool,
    },
}

/// A command from the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationCommand {
    /// The program.
    pub command: String,
    /// Its arguments, passed on unchanged.
    pub args: Vec<String>,
}

/// Reads the list under `verification`; `None` if the key is absent.
pub(super) fn read(table: &Table<'_>) -> Result<Option<Vec<VerificationCommand>>, TomlError> {
    const WANTED: &str = "a list of tables, written [[verification]]";
    let Some(list) = table.get("verification") else {
        return Ok(None);
    };
    let mut commands = Vec::new();
    for item in list.items(WANTED)? {
        let entry = item.table("a table with `command` and `args`")?;
        let command = entry.get("command").ok_or_else(|| {
            item.error(format!("`{}` has no `command`", item.name()))
                .help("name the program to run: command = \"cargo\"")
        })?;
        let program = command.string()?;
        if program.is_empty() {
            return Err(command.error("`command` is empty"));
        }
        let args = match entry.get("args") {
            Some(args) => args.strings()?,
            None => Vec::new(),
        };
        commands.push(VerificationCommand {
            command: program.to_owned(),
            args,
        });
    }
    Ok(Some(commands))
}
