//! Opens a place in the learner's editor. An editor that runs in the terminal gets it until it ends; meanwhile saves are verified as
//! always.

use std::process::{Command, Stdio};

use diagnostic::SourceLocation;
use engine::System;

use super::{Message, Watcher};
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
            for view in &mut self.views {
                view.leave();
            }
            self.keys.pause();
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

    /// Takes the terminal again.
    pub(super) fn editor_closed(&mut self) {
        self.keys.resume();
        self.redraw();
    }
}

fn start(opening: &Opening, dir: &std::path::Path) -> std::io::Result<std::process::Child> {
    let mut command = Command::new(&opening.program);
    command.args(&opening.args).current_dir(dir);
    if !opening.takes_terminal {
        // What it prints would land on the screen.
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
    }
    command.spawn()
}
