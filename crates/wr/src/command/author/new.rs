//! `wr author new`: write a new exercise.

use std::fs;
use std::process::ExitCode;

use author::{NewExercise, Renumbering, Request};
use course::{Course, CourseError, ExerciseId, FolderName};

use crate::cli::{Global, New};
use crate::error::CommandError;
use crate::{render, session};

/// The root configuration of a course that needs no settings.
const ROOT_CONFIG: &str = "\
# This file marks the root of the course: `wr` looks for it in the current directory and above.
# Every key has a default. `exercises_dir = \"exercises\"` is the folder that holds the chapters.
";

pub(crate) fn run(new: &New, global: &Global) -> Result<ExitCode, CommandError> {
    let mut course = course()?;
    let chapter = match super::chapter(&course, &new.chapter) {
        Some(chapter) => chapter,
        None => new.chapter.parse::<FolderName>().map_err(|_| {
            CommandError::new(format!("there is no chapter `{}`", new.chapter)).help(
                "name a new chapter with two or more digits, an underscore and a name, such as 04_data",
            )
        })?,
    };
    let number = new.at.unwrap_or_else(|| next(&course, &chapter));
    let is_taken = course.exercises().iter().any(|one| {
        *one.id().chapter() == chapter && one.id().name().number().to_string() == number.to_string()
    });
    let name = format!("{number:02}_{}", new.name)
        .parse::<FolderName>()
        .map_err(|error| CommandError::new(error.to_string()))?;
    let id = ExerciseId::new(chapter.clone(), name);
    let mut moved = Vec::new();
    if is_taken {
        let request = Request::InsertAt {
            chapter,
            at: number,
        };
        let renumbering = Renumbering::plan(&course, &request)?;
        super::renumber::require_clean(&course, &renumbering, new.force)?;
        renumbering.carry_out(&course)?;
        moved = renumbering.moved;
        course = Course::find(course.root())?;
    }
    let new = NewExercise {
        id,
        kind: new.kind.into(),
        title: new.title.clone(),
    };
    let written = author::scaffold(&course, &new)?;
    render::scaffolded(&written, &moved, global);
    Ok(ExitCode::SUCCESS)
}

/// The course around the current directory. If the repository has no course yet, this starts one.
fn course() -> Result<Course, CommandError> {
    let here = session::here()?;
    let failed = |path: &std::path::Path, error: &std::io::Error| {
        CommandError::new(format!("cannot create {}: {error}", path.display()))
            .help("check the directory's permissions")
    };
    loop {
        match Course::find(&here) {
            // Not inside another course: there, a forgotten file is more likely than a new course.
            Err(CourseError::NoConfig { file, outer: None }) => {
                fs::write(&file, ROOT_CONFIG).map_err(|error| failed(&file, &error))?;
            }
            Err(CourseError::ExercisesMissing { path, .. }) => {
                fs::create_dir_all(&path).map_err(|error| failed(&path, &error))?;
            }
            Err(CourseError::NotInRepository { from }) => {
                return Err(CommandError::new(format!(
                    "{} is not in a git repository, and a course must be in one",
                    from.display()
                ))
                .help("run `git init` and try again"));
            }
            other => return Ok(other?),
        }
    }
}

/// The number after the chapter's last one; a new chapter starts with 1.
fn next(course: &Course, chapter: &FolderName) -> u32 {
    course
        .exercises()
        .iter()
        .filter(|one| one.id().chapter() == chapter)
        .filter_map(|one| one.id().name().number().to_string().parse::<u32>().ok())
        .max()
        .map_or(1, |last| last.saturating_add(1))
}
