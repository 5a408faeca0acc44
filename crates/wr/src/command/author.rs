//! `wr author`: commands for the author of a course.

mod check;
mod new;
mod renumber;

use std::process::ExitCode;

use course::{Course, FolderName};

use crate::cli::{Author, Global};
use crate::error::CommandError;

pub(crate) fn run(verb: &Author, global: &Global) -> Result<ExitCode, CommandError> {
    match verb {
        Author::Check(check) => check::run(check, global),
        Author::New(new) => new::run(new, global),
        Author::Renumber(renumber) => renumber::run(renumber, global),
    }
}

/// Finds a chapter by its folder's name or number.
fn chapter(course: &Course, asked: &str) -> Option<FolderName> {
    let plain = asked.trim_end_matches('/');
    let chapters = || course.exercises().iter().map(|one| one.id().chapter());
    chapters()
        .find(|chapter| chapter.as_str() == plain)
        .or_else(|| {
            let number = course::Number::parse(plain)?;
            chapters().find(|chapter| *chapter.number() == number)
        })
        .cloned()
}
