//! `wr book`: read the course in the browser, with the state of the current exercise next to the text.

use std::process::ExitCode;

use course::{Course, ExerciseId};

use super::target::{Target, resolve};
use crate::cli::{self, Format, Global};
use crate::error::CommandError;
use crate::render;
use crate::session::{self, Learner, StartDir};
use crate::watch::{self, Opening, Wanted};

pub(crate) fn run(book: &cli::Book, global: &Global) -> Result<ExitCode, CommandError> {
    if global.format == Format::Json {
        return Err(CommandError::new("the book is for people, and has no JSON")
            .help("`wr watch --format json` reports every verdict; `wr book` can run next to it"));
    }
    let system = session::system()?;
    let (course, id) = exercise(&system, book, global)?;
    watch::book_source(Some(course.root()))?;
    let mut learner = Learner::open(&course, global)?;
    let opening = if book.no_browser {
        Opening::Address
    } else {
        Opening::Browser
    };
    if let Some(running) = watch::running_book(&course)? {
        if book.port.is_some() || book.host_name.is_some() {
            return Err(CommandError::new(
                "a watch already serves this book, on a port of its own",
            )
            .help("stop that watch first, or leave out `--port` and `--host-name`"));
        }
        // The watch notices that another exercise has become the current one.
        if let Some(id) = &id {
            learner.open_exercise(id)?;
        }
        render::book_opened(&running.open(opening)?, global);
        return Ok(ExitCode::SUCCESS);
    }
    let id = match id {
        Some(id) => id,
        None => current(&learner)?,
    };
    let wanted = Wanted {
        // On the screen, a long address may be cut.
        is_plain: book.plain || book.no_browser,
        opening,
        port: book.port,
        host_name: book.host_name.clone(),
    };
    super::watch::exercise(&system, &course, learner, id, wanted, global)
}

/// The course, and the exercise that was named or that contains the current directory.
fn exercise(
    system: &engine::NativeSystem,
    book: &cli::Book,
    global: &Global,
) -> Result<(Box<Course>, Option<ExerciseId>), CommandError> {
    if book.target.is_some() {
        let named = cli::Target {
            target: book.target.clone(),
            pytest_args: Vec::new(),
        };
        return match resolve(system, &named, global)? {
            Target::Exercise(course, id) => Ok((course, Some(id))),
            Target::Project(_) => Err(no_course()),
        };
    }
    match StartDir::find(system)? {
        StartDir::Course(course) => {
            let here = session::here()?;
            let id = course.exercise_at(&here).map(|found| found.id().clone());
            Ok((course, id))
        }
        StartDir::Project(_) => Err(no_course()),
    }
}

/// The current exercise; at the very beginning, that's the first.
fn current(learner: &Learner<'_>) -> Result<ExerciseId, CommandError> {
    let current = learner.current()?;
    current
        .or(learner.course.exercises().first())
        .map(|exercise| exercise.id().clone())
        .ok_or_else(|| CommandError::new("this course has no exercises"))
}

fn no_course() -> CommandError {
    CommandError::new("only a course has a book, and this is a project")
        .help("go to a course's directory; `wr watch` shows the state of a project in the terminal")
}
