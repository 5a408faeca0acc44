//! Opens a place in the learner's editor. An editor that runs in the terminal gets it until it ends; meanwhile saves are verified as
//! always.

use std::path::Path;
use std::process::Command;

use diagnostic::SourceLocation;
use engine::System;

use super::{Message, Watcher};
use crate::apart;
use crate::editor::{self, Opening};
use crate::error::CommandError;

impl Watcher<'_> {
    /// Opens a place; the file is relative to what is watched.
    pub(super) fn edit(&mut self, place: &SourceLocation) -> Result<(), CommandError> {
        let file = self.goal.root().join(&place.file);
        let opening = editor::opening(
            place,
            &file,
            &|name| std::env::var(name).ok().filter(|value| !value.is_empty()),
            &|program| {
                let path = std::env::var_os("PATH");
                let found =
                    self.system
                        .find_program(program.as_ref(), path.as_deref(), self.goal.root());
                found.is_some()
            },
        )
        .ok_or_else(|| {
            CommandError::new("wr doesn't know your editor").help(
                "set the environment variable VISUAL or EDITOR, for example to `code` or `vim`",
            )
        })?;
        if opening.takes_terminal {
            self.give_terminal_away();
            self.is_editing = true;
        }
        let started = start(&opening, self.goal.root());
        match started {
            Ok(mut child) => {
                let tell = self.tell.clone();
                let takes_terminal = opening.takes_terminal;
                std::thread::spawn(move || {
                    // Whatever its status means, the terminal is free again.
                    let _ = child.wait();
                    if takes_terminal {
                        let _ = tell.send(Message::EditorClosed);
                    }
                });
                Ok(())
            }
            Err(error) => {
                if opening.takes_terminal {
                    self.editor_closed();
                }
                Err(
                    CommandError::new(format!("cannot start {}: {error}", opening.program)).help(
                        "the environment variables VISUAL and EDITOR say which editor to use",
                    ),
                )
            }
        }
    }

    /// Opens the file that a learner most likely wants to change.
    pub(super) fn edit_source(&mut self) -> Result<(), CommandError> {
        let root = self.goal.root();
        let python = || {
            let mut files: Vec<String> = std::fs::read_dir(root)
                .into_iter()
                .flatten()
                .flatten()
                .filter_map(|entry| entry.file_name().into_string().ok())
                .filter(|name| {
                    let is_python = Path::new(name).extension().is_some_and(|end| end == "py");
                    is_python && !name.starts_with("test_")
                })
                .collect();
            files.sort();
            files.into_iter().find(|name| name != "conftest.py")
        };
        let source = ["src/lib.rs", "src/main.rs"]
            .into_iter()
            .find(|file| root.join(file).is_file())
            .map(str::to_owned)
            .or_else(python);
        let Some(source) = source else {
            return Err(
                CommandError::new("there is neither src/lib.rs nor src/main.rs")
                    .help("open the directory in your editor"),
            );
        };
        self.edit(&SourceLocation::file(source))
    }

    /// Takes the terminal again.
    pub(super) fn editor_closed(&mut self) {
        self.is_editing = false;
        self.keys.resume();
        self.redraw();
    }
}

fn start(opening: &Opening, dir: &Path) -> std::io::Result<std::process::Child> {
    let mut command = Command::new(&opening.program);
    command.args(&opening.args).current_dir(dir);
    if opening.takes_terminal {
        // Nothing that cleans up after a run may end it: there may be unsaved work in it.
        engine::start_apart(&mut command)
    } else {
        apart::start(&mut command)
    }
}
