//! `wr doctor`: check the machine before it gets in the learner's way.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use course::{Course, CourseError, Verification};
use engine::{
    Event, Examined, Health, Interrupted, Machine, NativeSystem, Repair, RepairOutcome, Site,
    SiteKind, Step, examine, repair, why_rebuild,
};

use crate::cli::{Doctor, Global};
use crate::error::CommandError;
use crate::progress::Display;
use crate::session::{self, StartDir};
use crate::{environment, interrupt, render, state_dir};

pub(crate) fn run(doctor: &Doctor, global: &Global) -> Result<ExitCode, CommandError> {
    let system = session::system()?;
    let here = session::here()?;
    let cancel = interrupt::install()?;
    let env = environment::for_children();
    let machine = |found: &Found| {
        let site = found.site.clone();
        let python = global.python.as_deref();
        let machine = Machine::new(&system, &env, &here, site, python, &cancel);
        match &found.trouble {
            Some((reason, help)) => machine.with_trouble(reason.clone(), help.clone()),
            None => machine,
        }
    };
    let found = find(&system, &here);
    if doctor.why_rebuild {
        let reports = why_rebuild(&machine(&found));
        render::rebuilds(&reports, &found.place, global);
        return Ok(crate::exit::status(
            reports.iter().all(|one| one.findings.is_empty()),
        ));
    }
    let mut examined = look(&machine(&found), global);
    let mut repaired = Vec::new();
    if doctor.fix && !cancel.is_cancelled() {
        let wanted = repairs(&examined);
        if !wanted.is_empty() {
            repaired = repair_all(&machine(&found), &wanted, global);
            // Report what holds now.
            examined = look(&machine(&found), global);
        }
    }
    if cancel.is_cancelled() {
        return Err(Interrupted.into());
    }
    render::examined(&examined, &repaired, &found.place, global);
    let is_wrong = |one: &Examined| {
        one.outcomes
            .iter()
            .any(|outcome| outcome.health == Health::Wrong)
    };
    let has_failed = repaired.iter().any(|one| one.failed.is_some());
    Ok(crate::exit::status(
        !examined.iter().any(is_wrong) && !has_failed,
    ))
}

/// Runs all checks.
fn look(machine: &Machine<'_>, global: &Global) -> Vec<Examined> {
    let display = Display::new(global);
    display.show(&Event::Step {
        step: Step::Environment,
        detail: "checking the machine".to_owned(),
    });
    let examined = examine(machine);
    display.finish();
    examined
}

fn repairs(examined: &[Examined]) -> Vec<Repair> {
    let outcomes = examined.iter().flat_map(|one| &one.outcomes);
    outcomes
        .filter_map(|outcome| outcome.repair.clone())
        .collect()
}

fn repair_all(machine: &Machine<'_>, wanted: &[Repair], global: &Global) -> Vec<RepairOutcome> {
    let display = Display::new(global);
    let repaired = wanted
        .iter()
        .map(|one| repair(machine, one, &|event| display.show(&event)))
        .collect();
    display.finish();
    repaired
}

/// Where the doctor was started.
struct Found {
    site: Option<Site>,
    trouble: Option<(String, Option<String>)>,
    /// The place, in words.
    place: String,
}

fn find(system: &NativeSystem, here: &Path) -> Found {
    match StartDir::look(system, here) {
        Ok(StartDir::Course(course)) => Found {
            place: format!(
                "This machine, and the course in {}",
                course.root().display()
            ),
            site: Some(site(course.root(), in_course(system, &course))),
            trouble: None,
        },
        Ok(StartDir::Project(root)) => Found {
            place: format!("This machine, and the project in {}", root.display()),
            site: Some(site(&root, SiteKind::Project)),
            trouble: None,
        },
        Err(CourseError::NotInRepository { .. } | CourseError::NoConfig { .. }) => Found {
            place: "This machine, outside any course or project".to_owned(),
            site: None,
            trouble: None,
        },
        Err(error) => {
            let error = CommandError::from(error);
            Found {
                place: "This machine, in a course that cannot be read".to_owned(),
                site: None,
                trouble: Some((error.message, error.help)),
            }
        }
    }
}

fn site(root: &Path, kind: SiteKind) -> Site {
    Site {
        root: root.to_owned(),
        kind,
        state_dir: state_dir::find(root).map_err(|error| error.message),
    }
}

/// The programs named in the course's verification, each once, with the first exercise that uses it.
fn programs(course: &Course) -> Vec<(String, PathBuf, String)> {
    let mut programs: Vec<(String, PathBuf, String)> = Vec::new();
    for exercise in course.exercises() {
        // Unreadable settings are reported when the exercise is verified.
        let Ok(config) = exercise.config(course) else {
            continue;
        };
        let Verification::Commands { commands, .. } = config.verification else {
            continue;
        };
        for command in commands {
            // A path is relative to the exercise's own directory; a name is looked up on PATH, once.
            let is_path = command.command.contains('/');
            let is_known = programs.iter().any(|(program, dir, _)| {
                *program == command.command && (!is_path || dir == exercise.dir())
            });
            if !is_known {
                let dir = exercise.dir().to_owned();
                programs.push((command.command, dir, exercise.id().to_string()));
            }
        }
    }
    programs
}

fn in_course(system: &NativeSystem, course: &Course) -> SiteKind {
    let progress = course::examine_progress(course);
    SiteKind::Course {
        exercises_dir: course.exercises_dir().to_owned(),
        preferred_python: engine::python_of_course(system, course),
        programs: programs(course),
        exercises: course.exercises().len(),
        skipped_folders: course
            .skipped_folders()
            .iter()
            .map(ToString::to_string)
            .collect(),
        progress: (
            course.progress_file(),
            progress.err().map(|error| error.to_string()),
        ),
    }
}
