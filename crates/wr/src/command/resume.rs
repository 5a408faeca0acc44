//! `wr` without a verb: verify what is open, then offer the next exercise.

use std::process::ExitCode;
use std::sync::mpsc;

use course::{Course, Exercise, next_to_offer};
use engine::{NativeSystem, Verdict};

use super::check;
use super::confirm::{Default, can_ask, confirm};
use crate::cli::Global;
use crate::error::{CommandError, Kind};
use crate::exit::status;
use crate::progress::Display;
use crate::render::AskedBy;
use crate::session::{self, Learner, Session, StartDir};
use crate::{render, voice};

pub(crate) fn run(global: &Global) -> Result<ExitCode, CommandError> {
    let system = session::system()?;
    match StartDir::find(&system) {
        Ok(StartDir::Project(root)) => check::project(&system, &root, &[], global),
        Ok(StartDir::Course(course)) => in_course(&system, &course, global),
        // It's the first thing that people type, so it says what they can do here.
        Err(error) if error.kind == Kind::NothingHere => {
            let status = render::error(&error, global.format);
            render::guide(global);
            Ok(status)
        }
        Err(error) => Err(error),
    }
}

fn in_course(
    system: &NativeSystem,
    course: &Course,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    if course.exercises().is_empty() {
        return Err(CommandError::new(format!(
            "{} contains no exercises",
            course.exercises_dir().display()
        ))
        .help("exercises are numbered folders, such as 01_intro/00_welcome"));
    }
    let mut learner = Learner::open(course, global)?;
    let mut session = Session::start(system, course.root(), Some(course), global)?;
    let mut verdicts = Vec::new();
    for exercise in to_verify(&learner, global)? {
        let verdict = verify(system, &mut session, &mut learner, exercise, global)?;
        let is_solved = verdict.is_solved();
        verdicts.push(verdict);
        if !is_solved {
            break;
        }
    }
    if global.keep_going && verdicts.iter().all(Verdict::is_solved) {
        open_and_verify(system, &mut session, &mut learner, &mut verdicts, global)?;
    }
    if verdicts.iter().any(|verdict| !verdict.is_solved()) {
        render::conclude("run", &verdicts, None, global);
        return Ok(status(false));
    }
    offer_next(system, &mut session, &mut learner, &verdicts, global)
}

/// Opens the next exercise and verifies it, again and again, until one isn't solved or none is left.
fn open_and_verify(
    system: &NativeSystem,
    session: &mut Session<'_>,
    learner: &mut Learner<'_>,
    verdicts: &mut Vec<Verdict>,
    global: &Global,
) -> Result<(), CommandError> {
    let course = learner.course;
    loop {
        let opened = learner.progress.opened(course)?;
        let Some(next) = next_to_offer(course.exercises(), &opened) else {
            return Ok(());
        };
        learner.progress.open_exercise(next.id())?;
        learner.progress.set_current(next.id())?;
        let verdict = verify(system, session, learner, next, global)?;
        let is_solved = verdict.is_solved();
        verdicts.push(verdict);
        if !is_solved {
            return Ok(());
        }
    }
}

/// The opened exercises to verify, in course order.
fn to_verify<'c>(
    learner: &Learner<'c>,
    global: &Global,
) -> Result<Vec<&'c Exercise>, CommandError> {
    let opened = learner.progress.opened(learner.course)?;
    Ok(opened
        .iter()
        .filter(|one| global.recheck || !one.solved)
        .filter_map(|one| learner.course.exercise(&one.id))
        .collect())
}

fn verify(
    system: &NativeSystem,
    session: &mut Session<'_>,
    learner: &mut Learner<'_>,
    exercise: &Exercise,
    global: &Global,
) -> Result<Verdict, CommandError> {
    let subject = engine::exercise(system, learner.course, exercise)?;
    let verdict = session.verify(&subject)?;
    learner.record(exercise.id(), &verdict)?;
    render::verdict(&verdict, &subject.root, global);
    Ok(verdict)
}

fn offer_next(
    system: &NativeSystem,
    session: &mut Session<'_>,
    learner: &mut Learner<'_>,
    verdicts: &[Verdict],
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let course = learner.course;
    let opened = learner.progress.opened(course)?;
    let Some(next) = next_to_offer(course.exercises(), &opened) else {
        render::say(&voice::finished(course), global);
        render::conclude("run", verdicts, None, global);
        return Ok(ExitCode::SUCCESS);
    };
    // The first command does the setup, so that the first verdict comes quickly.
    let is_first = opened.is_empty();
    if is_first {
        render::say(voice::WELCOME, global);
    }
    match (can_ask(global), is_first) {
        (true, true) => ask_while_preparing(system, session, learner, next, global)?,
        (true, false) => {
            ask(learner, next, global)?;
        }
        (false, _) => {
            if is_first {
                prepare(system, session, next, course, global)?;
            }
            render::next(next, global);
        }
    }
    render::conclude("run", verdicts, Some(next), global);
    Ok(ExitCode::SUCCESS)
}

/// Offers to open an exercise, and returns whether that was accepted.
fn ask(learner: &mut Learner<'_>, next: &Exercise, global: &Global) -> Result<bool, CommandError> {
    let is_accepted = confirm(&format!("Open {}?", next.id()), Default::Yes)?;
    if is_accepted {
        super::open::open(learner, next, AskedBy::Command, global)?;
    }
    Ok(is_accepted)
}

/// The same, while what the exercises need is prepared. What's left of that is shown once the question is answered.
fn ask_while_preparing(
    system: &NativeSystem,
    session: &mut Session<'_>,
    learner: &mut Learner<'_>,
    next: &Exercise,
    global: &Global,
) -> Result<(), CommandError> {
    let subject = engine::exercise(system, learner.course, next)?;
    render::say(voice::MEANWHILE, global);
    let cancel = session.cancel.clone();
    let of_thread = &subject;
    let lacking = std::thread::scope(|scope| {
        let (tell, events) = mpsc::channel();
        // The events end with the thread, which owns their sender.
        let preparing = scope.spawn(move || session.prepare_reporting(of_thread, &tell));
        let answer = ask(learner, next, global);
        if matches!(answer, Ok(true)) {
            let display = Display::new(global);
            for event in events {
                display.show(&event);
            }
            display.finish();
        } else {
            // The next run does it, if there is one.
            cancel.cancel();
        }
        let prepared = preparing.join().unwrap_or(Ok(None));
        match answer {
            Ok(true) => prepared,
            other => other.map(|_| None),
        }
    })?;
    if let Some(verdict) = lacking {
        // The machine lacks something: better to say so now than at the first exercise.
        render::verdict(&verdict, &subject.root, global);
    }
    Ok(())
}

fn prepare(
    system: &NativeSystem,
    session: &mut Session<'_>,
    next: &Exercise,
    course: &Course,
    global: &Global,
) -> Result<(), CommandError> {
    let subject = engine::exercise(system, course, next)?;
    if let Some(verdict) = session.prepare(&subject)? {
        // The machine lacks something: better to say so now than at the first exercise.
        render::verdict(&verdict, &subject.root, global);
    }
    Ok(())
}
