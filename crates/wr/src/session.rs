//! What a command works with: its directory, the engine, the learner's progress.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use course::{Course, CourseError, Exercise, ExerciseId, Progress, ProgressError};
use engine::{
    Cancel, Engine, Importable, Memory, NativeSystem, RunMode, Settings, Status, Subject, Survey,
    Verdict,
};

use crate::cli::{Format, Global};
use crate::error::{CommandError, Kind};
use crate::progress::Display;
use crate::{environment, interrupt, render, state_dir};

/// Where a command was started.
pub(crate) enum StartDir {
    /// In a course.
    Course(Box<Course>),
    /// In a maturin project, outside any course's exercises.
    Project(PathBuf),
}

impl StartDir {
    /// The course around the current directory, or the maturin project around it.
    ///
    /// A project inside a course's repository, such as a copied exercise, counts as a separate project unless it's one
    /// of the course's exercises.
    pub(crate) fn find(system: &NativeSystem) -> Result<Self, CommandError> {
        let here = here()?;
        Self::look(system, &here).map_err(|error| match error {
            CourseError::NotInRepository { .. } | CourseError::NoConfig { .. } => {
                not_a_place(error, &engine::survey(system, &here), &here)
            }
            other => other.into(),
        })
    }

    /// The same, from any directory, with the reason why it's neither.
    pub(crate) fn look(system: &NativeSystem, here: &Path) -> Result<Self, CourseError> {
        let course = Course::find(here);
        let course = match course {
            Ok(course) if course.exercise_at(here).is_some() => {
                return Ok(Self::Course(Box::new(course)));
            }
            other => other,
        };
        let project = here
            .ancestors()
            .take_while(|dir| course.as_ref().map_or(true, |course| *dir != course.root()))
            .find(|dir| engine::is_project(system, dir));
        match (course, project) {
            (_, Some(project)) => Ok(Self::Project(project.to_owned())),
            (Ok(course), None) => Ok(Self::Course(Box::new(course))),
            (Err(error), None) => Err(error),
        }
    }
}

/// The most directories to name.
const MOST: usize = 6;

fn not_a_place(error: CourseError, survey: &Survey, here: &Path) -> CommandError {
    let by_other = survey
        .other
        .as_ref()
        .map(|(file, tool)| format!("{} is built by {tool}, not by maturin", shown(file, here)));
    let below: Vec<String> = survey.below.iter().map(|dir| shown(dir, here)).collect();
    if let Some(first) = below.first() {
        let names: Vec<&str> = below.iter().map(String::as_str).collect();
        let message = match &by_other {
            Some(other) => format!("{other}; these projects below it are"),
            None => "this directory isn't a maturin project, but these below it are".to_owned(),
        };
        return CommandError::new(format!("{message}: {}", diagnostic::some(&names, MOST)))
            .help(format!("name one, as in `wr check {first}`, or go there"));
    }
    if let Some(other) = by_other {
        return CommandError::new(format!("{other}, and `wr` only tests maturin projects")).help(
            "build it the way its documentation says, often `pip install -e .`, and run `pytest`; \
             `wr inspect` still works on its sources, its library and its wheels",
        );
    }
    let error = CommandError {
        kind: Kind::NothingHere,
        ..CommandError::from(error)
    };
    let help = error.help.clone().unwrap_or_default();
    error.help(format!(
        "{help}. For a project of your own, go to the directory whose pyproject.toml names maturin; `wr new` starts one"
    ))
}

fn shown(path: &Path, here: &Path) -> String {
    path.strip_prefix(here)
        .unwrap_or(path)
        .display()
        .to_string()
}

/// The current directory.
pub(crate) fn here() -> Result<PathBuf, CommandError> {
    std::env::current_dir().map_err(|error| {
        CommandError::new(format!("cannot read the current directory: {error}"))
            .help("was it deleted? Change to another directory and back")
    })
}

/// The real system. This program also supervises what it runs.
pub(crate) fn system() -> Result<NativeSystem, CommandError> {
    Ok(NativeSystem::new(program()?))
}

/// The path of this program.
fn program() -> Result<PathBuf, CommandError> {
    std::env::current_exe()
        .map_err(|error| CommandError::new(format!("wr cannot find its own executable: {error}")))
}

/// This program's version and file; the file is for people who rebuild it without raising the version.
fn runner() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let built = file.and_then(|found| found.modified()).ok();
    format!("wr {} {built:?}", env!("CARGO_PKG_VERSION"))
}

/// An engine and its settings.
pub(crate) struct Session<'s> {
    pub(crate) engine: Engine<'s>,
    pub(crate) cancel: Cancel,
    pub(crate) global: Global,
}

impl<'s> Session<'s> {
    /// An engine for the course or project below `root`.
    pub(crate) fn start(
        system: &'s NativeSystem,
        root: &Path,
        course: Option<&Course>,
        global: &Global,
    ) -> Result<Self, CommandError> {
        Ok(Self {
            engine: engine(system, root, course, RunMode::Once, global)?,
            cancel: interrupt::install()?,
            global: global.clone(),
        })
    }

    /// Sets up the environment for a subject, showing progress. Returns a verdict if the machine lacks something.
    pub(crate) fn prepare(&mut self, subject: &Subject) -> Result<Option<Verdict>, CommandError> {
        let display = Display::new(&self.global);
        let verdict = self
            .engine
            .prepare(subject, &self.cancel, &|event| display.show(&event));
        display.finish();
        Ok(verdict?)
    }

    /// Sets up the environment for a subject, reporting progress to somebody else.
    pub(crate) fn prepare_reporting(
        &mut self,
        subject: &Subject,
        tell: &Sender<engine::Event>,
    ) -> Result<Option<Verdict>, CommandError> {
        let verdict = self.engine.prepare(subject, &self.cancel, &|event| {
            // Nobody may be left to tell.
            let _ = tell.send(event);
        });
        Ok(verdict?)
    }

    /// Builds a subject so that Python can import it, showing progress. Returns a verdict if that isn't possible, and `None`
    /// if there's nothing to import.
    pub(crate) fn importable(
        &mut self,
        subject: &Subject,
    ) -> Result<Option<Result<Importable, Box<Verdict>>>, CommandError> {
        let display = Display::new(&self.global);
        let made = self
            .engine
            .importable(subject, &self.cancel, &|event| display.show(&event));
        display.finish();
        Ok(made?)
    }

    /// Verifies a subject, showing progress.
    pub(crate) fn verify(&mut self, subject: &Subject) -> Result<Verdict, CommandError> {
        let display = Display::new(&self.global);
        let verdict = self
            .engine
            .verify(subject, &self.cancel, &|event| display.show(&event));
        display.finish();
        Ok(verdict?)
    }
}

/// An engine for the course or project below `root`.
pub(crate) fn engine<'s>(
    system: &'s NativeSystem,
    root: &Path,
    course: Option<&Course>,
    run_mode: RunMode,
    global: &Global,
) -> Result<Engine<'s>, CommandError> {
    Ok(Engine::new(
        system,
        settings(system, root, course, run_mode, global)?,
    ))
}

/// The settings for all verdicts below `root`.
pub(crate) fn settings(
    system: &NativeSystem,
    root: &Path,
    course: Option<&Course>,
    run_mode: RunMode,
    global: &Global,
) -> Result<Settings, CommandError> {
    Ok(Settings {
        state_dir: state_dir::find(root)?,
        program: program()?,
        env: environment::for_children(),
        python: global.python.clone(),
        preferred_python: course.and_then(|course| engine::python_of_course(system, course)),
        time_limit: global.time_limit,
        build_time_limit: global.build_time_limit,
        memory_limit: global.memory_limit,
        runner: runner(),
        memory: if global.recheck {
            Memory::Ignored
        } else {
            Memory::Trusted
        },
        run_mode,
    })
}

/// An exercise, if it still exists; it may have been deleted since it was chosen.
pub(crate) fn present<'c>(
    course: &'c Course,
    id: &course::ExerciseId,
) -> Result<&'c Exercise, CommandError> {
    course.exercise(id).ok_or_else(|| {
        CommandError::new(format!("the exercise {id} no longer exists"))
            .help("`wr list` shows the exercises")
    })
}

/// A course and the learner's progress in it.
pub(crate) struct Learner<'c> {
    pub(crate) course: &'c Course,
    pub(crate) progress: Progress,
}

impl<'c> Learner<'c> {
    /// Opens the progress and reports what's worth knowing about it.
    pub(crate) fn open(course: &'c Course, global: &Global) -> Result<Self, CommandError> {
        let progress = Progress::open(course)?;
        for notice in progress.notices() {
            render::notice(&notice.to_string(), notice.help().as_deref(), global.format);
        }
        for passed in course.skipped_folders() {
            render::notice(&passed.to_string(), None, global.format);
        }
        let gone = progress.vanished(course)?;
        if let Some(first) = gone.first() {
            let others = match gone.len() {
                1 => "no longer exists".to_owned(),
                count => format!("and {} more no longer exist", count - 1),
            };
            render::notice(
                &format!("the opened exercise {} {others}", first.name),
                Some(
                    "if it was renamed, its author can list the old name under `formerly`; your progress is kept",
                ),
                global.format,
            );
        }
        Ok(Self { course, progress })
    }

    /// Opens an exercise and makes it the current one.
    pub(crate) fn open_exercise(&mut self, id: &ExerciseId) -> Result<(), CommandError> {
        self.progress.open_exercise(id)?;
        self.progress.set_current(id)?;
        Ok(())
    }

    /// Records a verdict on an exercise. A verdict about the machine says nothing about the work, so a solved exercise
    /// stays solved.
    pub(crate) fn record(
        &mut self,
        id: &ExerciseId,
        verdict: &Verdict,
    ) -> Result<(), CommandError> {
        match self.try_to_record(id, verdict) {
            // The verdict stands even if there's no place to record it.
            Err(error @ (ProgressError::NoSpace { .. } | ProgressError::Locked { .. })) => {
                render::notice(&error.to_string(), error.help().as_deref(), Format::Text);
                Ok(())
            }
            other => Ok(other?),
        }
    }

    /// The same, for a caller that shows why there's no place to record it.
    pub(crate) fn try_to_record(
        &mut self,
        id: &ExerciseId,
        verdict: &Verdict,
    ) -> Result<(), ProgressError> {
        if verdict.status == Status::EnvironmentBroken {
            self.progress.open_exercise(id)
        } else {
            self.progress.set_solved(id, verdict.is_solved())
        }
    }

    /// The exercise around a directory, otherwise the current one.
    pub(crate) fn exercise_at(&self, dir: &Path) -> Result<&'c Exercise, CommandError> {
        match self.course.exercise_at(dir) {
            Some(exercise) => Ok(exercise),
            None => self.current()?.ok_or_else(|| {
                CommandError::new("no exercise is open").help("run `wr` to open the first one")
            }),
        }
    }

    /// The current exercise: the one opened last, otherwise the first opened one that isn't solved, otherwise the last
    /// opened one.
    pub(crate) fn current(&self) -> Result<Option<&'c Exercise>, CommandError> {
        let opened = self.progress.opened(self.course)?;
        let chosen = self.progress.current(self.course)?;
        let first_open = || {
            opened
                .iter()
                .find(|one| !one.solved)
                .or(opened.last())
                .map(|one| one.id.clone())
        };
        Ok(chosen
            .or_else(first_open)
            .and_then(|id| self.course.exercise(&id)))
    }
}
