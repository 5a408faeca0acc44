//! `wr author renumber`: move exercises.

use std::process::ExitCode;
use std::time::Duration;

use author::{Places, Renumbering, Request};
use course::{Course, FolderName};
use engine::{Cancel, Command, Ended, run_program};

use crate::cli::{Global, Renumber};
use crate::error::CommandError;
use crate::{environment, render, session};

pub(crate) fn run(renumber: &Renumber, global: &Global) -> Result<ExitCode, CommandError> {
    let course = Course::find(&session::here()?)?;
    let request = request(&course, renumber)?;
    let renumbering = Renumbering::plan(&course, &request)?;
    if !renumber.dry_run {
        require_clean(&course, &renumbering, renumber.force)?;
        renumbering.carry_out(&course)?;
    }
    render::renumbered(&renumbering, &Places::of(&course), renumber.dry_run, global);
    Ok(ExitCode::SUCCESS)
}

fn request(course: &Course, renumber: &Renumber) -> Result<Request, CommandError> {
    let no_chapter = |asked: &str| {
        CommandError::new(format!("there is no chapter `{asked}`"))
            .help("`wr list` shows the chapters")
    };
    if renumber.insert_at.is_some() || renumber.close {
        let chapter =
            super::chapter(course, &renumber.what).ok_or_else(|| no_chapter(&renumber.what))?;
        return Ok(match renumber.insert_at {
            Some(at) => Request::InsertAt { chapter, at },
            None => Request::Close { chapter },
        });
    }
    let exercise = course.select_path(&renumber.what)?.id().clone();
    let chapter = match &renumber.chapter {
        None => exercise.chapter().clone(),
        // The move may create this chapter.
        Some(asked) => super::chapter(course, asked)
            .or_else(|| asked.parse::<FolderName>().ok())
            .ok_or_else(|| no_chapter(asked))?,
    };
    let to = renumber
        .to
        .ok_or_else(|| CommandError::new("the number is missing").help("name it with --to"))?;
    Ok(Request::Move {
        exercise,
        chapter,
        to,
    })
}

/// What to do about changes that git doesn't have yet.
const HELP: &str = "commit or stash first, so that git can restore everything, or use --force";

/// Refuses if git couldn't restore what is changed.
pub(super) fn require_clean(
    course: &Course,
    renumbering: &Renumbering,
    is_forced: bool,
) -> Result<(), CommandError> {
    if is_forced {
        return Ok(());
    }
    let mut command = Command::new("git", course.root())
        .envs(&environment::for_children())
        .args(["status", "--porcelain", "--"]);
    for path in renumbering
        .renames
        .iter()
        .map(|(from, _)| from)
        .chain(&renumbering.rewrites)
    {
        command = command.arg(path);
    }
    let system = session::system()?;
    let asked = run_program(&system, &command, Duration::from_mins(1), &Cancel::new());
    let changes = match asked {
        Ok(finished) if matches!(finished.ended, Ended::Exited(exit) if exit.success()) => {
            finished.stdout.text()
        }
        _ => {
            return Err(CommandError::new(
                "cannot find out whether there are uncommitted changes: `git status` failed",
            )
            .help(HELP));
        }
    };
    let first: Vec<&str> = changes.lines().take(3).map(str::trim).collect();
    if first.is_empty() {
        return Ok(());
    }
    Err(CommandError::new(format!(
        "there are uncommitted changes: {}",
        first.join(", ")
    ))
    .help(HELP))
}
