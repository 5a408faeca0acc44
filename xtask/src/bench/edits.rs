//! The edits: what a person saves in the course of an hour.

use std::fs;
use std::path::Path;

use super::projects::Project;

/// A kind of edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edit {
    /// Another number in a function's body.
    Body,
    /// Nothing at all: the answer is asked for once more.
    Nothing,
    /// One more function in the module.
    NewFunction,
    /// Another parameter of a function that is there.
    Signature,
    /// A line of a test; nothing of Rust.
    PythonOnly,
    /// Code that does not compile.
    SyntaxError,
}

impl Edit {
    /// In the order in which they are made. The last leaves the sources broken, and the next round mends them.
    pub(super) const ALL: [Self; 6] = [
        Self::Body,
        Self::Nothing,
        Self::NewFunction,
        Self::Signature,
        Self::PythonOnly,
        Self::SyntaxError,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Body => "a function's body",
            Self::Nothing => "nothing",
            Self::NewFunction => "a new function",
            Self::Signature => "a signature",
            Self::PythonOnly => "Python only",
            Self::SyntaxError => "a syntax error",
        }
    }

    /// Whether the sources compile after it.
    pub(super) fn compiles(self) -> bool {
        self != Self::SyntaxError
    }
}

/// Saves an edit; `count` is different for each save and has to be what the extension then answers.
pub(super) fn save(project: Project, dir: &Path, edit: Edit, count: u32) -> anyhow::Result<()> {
    match edit {
        Edit::Nothing => {}
        Edit::PythonOnly => fs::write(dir.join(project.test_file()), project.tests(count))?,
        _ => {
            // No tool looks at this file; the tests compare it with what the extension says, so that nobody tests an old one.
            if edit.compiles() {
                fs::write(dir.join("expected.txt"), count.to_string())?;
            }
            fs::write(dir.join("src/lib.rs"), project.library(edit, count))?;
        }
    }
    Ok(())
}
