//! `wr reset`: restore the original files, after a backup, and undo that.

use std::num::NonZeroU32;
use std::process::ExitCode;

use course::{Course, Exercise, select_chapter, select_path};

use super::confirm::{Default, can_ask, confirm};
use crate::cli::{Global, Reset};
use crate::error::CommandError;
use crate::render;
use crate::reset::{self, Originals, Prepared};
use crate::session::{self, Learner};

pub(crate) fn run(wanted: &Reset, global: &Global) -> Result<ExitCode, CommandError> {
    let course = Course::find(&session::here()?)?;
    if wanted.list {
        render::backups(&reset::backups(course.root()), global);
        return Ok(ExitCode::SUCCESS);
    }
    let mut learner = Learner::open(&course, global)?;
    let prepared = if let Some(number) = wanted.undo {
        reset::prepare_undo(&course, NonZeroU32::new(number))?
    } else {
        let system = session::system()?;
        let originals = Originals::find(&system, &course, wanted.from.as_deref())?;
        let known = originals.exercises(&course);
        let exercises = chosen(wanted, &learner, &known)?;
        reset::prepare(&course, &originals, &exercises)?
    };
    if !wanted.yes && !is_agreed(&prepared, global)? {
        render::say("Nothing was changed.", global);
        return Ok(ExitCode::SUCCESS);
    }
    let done = prepared.carry_out(&mut learner)?;
    render::reset(&course, &done, global);
    Ok(ExitCode::SUCCESS)
}

fn chosen(
    wanted: &Reset,
    learner: &Learner<'_>,
    known: &[Exercise],
) -> Result<Vec<Exercise>, CommandError> {
    if wanted.all {
        return Ok(known.to_vec());
    }
    let Some(target) = &wanted.target else {
        return Ok(vec![learner.exercise_at(&session::here()?)?.clone()]);
    };
    match (select_path(known, target), select_chapter(known, target)) {
        (Ok(exercise), _) => Ok(vec![exercise.clone()]),
        (Err(_), Ok(chapter)) => Ok(known
            .iter()
            .filter(|one| one.id().chapter() == chapter)
            .cloned()
            .collect()),
        (Err(error), Err(_)) => Err(error.into()),
    }
}

/// Asks if it's about more than one exercise.
fn is_agreed(prepared: &Prepared, global: &Global) -> Result<bool, CommandError> {
    let all = prepared.replacements();
    let changing = prepared.changing().count();
    if all.len() < 2 || changing == 0 {
        return Ok(true);
    }
    let what = match changing {
        1 => "1 exercise differs from what will be restored".to_owned(),
        some => format!("{some} exercises differ from what will be restored"),
    };
    if !can_ask(global) {
        return Err(CommandError::new(what)
            .help("add `--yes` to replace their files; wr backs up yours first"));
    }
    confirm(
        &format!("{what}. Back up your files and replace them?"),
        Default::No,
    )
}
