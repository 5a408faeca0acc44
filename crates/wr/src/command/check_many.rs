//! `wr check` for several targets: the whole course, its solutions, or several exercises and projects.

use std::path::PathBuf;
use std::process::ExitCode;

use course::{Course, Exercise, ExerciseId};
use engine::{NativeSystem, RunMode, Subject, Verdict};

use super::target::{Target, chapter, refuse_pytest_args, resolve};
use crate::cli::{self, Check, Global};
use crate::error::CommandError;
use crate::progress::Display;
use crate::session::{self, Learner};
use crate::{interrupt, render, state_dir};

/// What is verified together: subjects below one root, and the course they belong to.
struct Batch {
    root: PathBuf,
    course: Option<Course>,
    /// Whether the verdicts are about the learner's own work.
    is_learners: bool,
    subjects: Vec<(Option<ExerciseId>, Subject)>,
}

pub(crate) fn run(
    system: &NativeSystem,
    check: &Check,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let cancel = interrupt::install()?;
    let jobs = check.jobs.map_or_else(
        || std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        usize::from,
    );
    let mut verdicts = Vec::new();
    for batch in batches(system, check, global)? {
        let settings = session::settings(
            system,
            &batch.root,
            batch.course.as_ref(),
            RunMode::Once,
            global,
        )?;
        let subjects: Vec<Subject> = batch
            .subjects
            .iter()
            .map(|(_, subject)| subject.clone())
            .collect();
        let display = Display::for_many(global, subjects.len());
        let found = engine::verify_all(system, &settings, &subjects, jobs, &cancel, &|event| {
            display.show(&event);
        });
        display.finish();
        let found = found?;
        if batch.is_learners {
            record(&batch, &found, global)?;
        }
        for (subject, verdict) in subjects.iter().zip(&found) {
            render::verdict_of_many(verdict, &subject.root, global);
        }
        verdicts.extend(found);
    }
    render::summary(&verdicts, global);
    render::conclude("check", &verdicts, None, global);
    Ok(crate::exit::status(verdicts.iter().all(Verdict::is_solved)))
}

/// Records a learner's verdicts, including those on exercises that weren't opened yet.
fn record(batch: &Batch, verdicts: &[Verdict], global: &Global) -> Result<(), CommandError> {
    let Some(course) = &batch.course else {
        return Ok(());
    };
    let mut learner = Learner::open(course, global)?;
    let opened = learner.progress.opened(course)?;
    for ((id, _), verdict) in batch.subjects.iter().zip(verdicts) {
        let Some(id) = id else { continue };
        // Checking everything doesn't open everything, but a solved exercise is solved.
        let is_opened = opened.iter().any(|one| one.id == *id);
        if is_opened || verdict.is_solved() {
            learner.record(id, verdict)?;
        }
    }
    Ok(())
}

fn batches(
    system: &NativeSystem,
    check: &Check,
    global: &Global,
) -> Result<Vec<Batch>, CommandError> {
    if check.targets.is_empty() {
        let of_chapter = if check.all { None } else { chapter(None)? };
        if let Some((course, ids)) = of_chapter {
            refuse_pytest_args(&check.pytest_args)?;
            return Ok(vec![of_course(system, course, &ids, check)?]);
        }
        let course = Course::find(&session::here()?)?;
        let all: Vec<ExerciseId> = ids(course.exercises().iter());
        return Ok(vec![of_course(system, course, &all, check)?]);
    }
    let start = session::here()?;
    let mut batches: Vec<Batch> = Vec::new();
    let mut exercises: Vec<(Course, Vec<ExerciseId>)> = Vec::new();
    let mut add = |course: Course, ids: Vec<ExerciseId>| match exercises
        .iter_mut()
        .find(|(known, _)| known.root() == course.root())
    {
        Some((_, known)) => known.extend(ids),
        None => exercises.push((course, ids)),
    };
    for target in &check.targets {
        if let Some((course, ids)) = chapter(Some(target))? {
            refuse_pytest_args(&check.pytest_args)?;
            add(course, ids);
            continue;
        }
        let named = cli::Target {
            target: Some(target.clone()),
            pytest_args: check.pytest_args.clone(),
        };
        let resolved = resolve(system, &named, global);
        // Resolving a directory enters it; the next target is relative to where we started.
        std::env::set_current_dir(&start)
            .map_err(|error| CommandError::new(format!("{}: {error}", start.display())))?;
        match resolved? {
            Target::Project(root) => batches.push(Batch {
                subjects: vec![(None, engine::project(system, &root, &check.pytest_args)?)],
                root,
                course: None,
                is_learners: false,
            }),
            Target::Exercise(course, id) => add(*course, vec![id]),
        }
    }
    for (course, ids) in exercises {
        batches.push(of_course(system, course, &ids, check)?);
    }
    Ok(batches)
}

fn ids<'e>(exercises: impl Iterator<Item = &'e Exercise>) -> Vec<ExerciseId> {
    exercises.map(|exercise| exercise.id().clone()).collect()
}

fn of_course(
    system: &NativeSystem,
    course: Course,
    ids: &[ExerciseId],
    check: &Check,
) -> Result<Batch, CommandError> {
    let root = course.root().to_owned();
    if !check.solutions {
        return Ok(Batch {
            subjects: subjects(system, &course, ids, "")?,
            root,
            course: Some(course),
            is_learners: true,
        });
    }
    for id in ids {
        if !author::has_solution(&course, id) {
            return Err(
                CommandError::new(format!("{id} has no solution")).help(format!(
                    "write the files that differ into solutions/{id}, under the same paths"
                )),
            );
        }
    }
    let solved = author::write_solved_course(&course, &state_dir::find(&root)?.join("solutions"))?;
    Ok(Batch {
        subjects: subjects(system, &solved, ids, "solutions/")?,
        root,
        course: Some(solved),
        is_learners: false,
    })
}

/// `prefix` keeps remembered verdicts on solutions apart from those on the learner's work.
fn subjects(
    system: &NativeSystem,
    course: &Course,
    ids: &[ExerciseId],
    prefix: &str,
) -> Result<Vec<(Option<ExerciseId>, Subject)>, CommandError> {
    ids.iter()
        .map(|id| {
            let exercise = session::present(course, id)?;
            let mut subject = engine::exercise(system, course, exercise)?;
            subject.name = format!("{prefix}{}", subject.name);
            Ok((Some(id.clone()), subject))
        })
        .collect()
}
