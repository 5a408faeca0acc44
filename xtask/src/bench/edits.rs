//! The edits: what a person might save within an hour.

use std::fs;
use std::path::Path;

use super::projects::Project;

/// A kind of edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edit {
    /// Another number in a function body.
    Body,
    /// No change: the answer is requested again.
    Nothing,
    /// A new function in the module.
    NewFunction,
    /// Another parameter of an existing function.
    Signature,
    /// A line of a test, and no Rust.
    PythonOnly,
    /// Code that doesn't compile.
    SyntaxError,
}

impl Edit {
    /// In the order in which they are made. The last one leaves the sources broken, and the next round fixes them.
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

    /// Whether the sources compile afterwards.
    pub(super) fn compiles(self) -> bool {
        self != Self::SyntaxError
    }
}

/// Saves an edit; `count` is different for each save, and is what the extension then has to return.
pub(super) fn save(project: Project, dir: &Path, edit: Edit, count: u32) -> anyhow::Result<()> {
    match edit {
        Edit::Nothing => {}
        Edit::PythonOnly => fs::write(dir.join(project.test_file()), project.tests(count))?,
        _ => {
            // No tool looks at this file. The tests compare it with what the extension returns, so that nobody tests an
            // old build.
            if edit.compiles() {
                fs::write(dir.join("expected.txt"), count.to_string())?;
            }
            fs::write(dir.join("src/lib.rs"), project.library(edit, count))?;
        }
    }
    Ok(())
}
