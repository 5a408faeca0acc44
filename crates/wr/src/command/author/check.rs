//! `wr author check`: prove that exercises work as their author claims.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use author::{Proof, ProofConfig, ProofEvent, Selection};
use course::{Course, ExerciseId};
use engine::{Event, RunMode};

use crate::cli::{AuthorCheck, Global};
use crate::error::CommandError;
use crate::progress::Display;
use crate::{interrupt, render, session, state_dir};

pub(crate) fn run(check: &AuthorCheck, global: &Global) -> Result<ExitCode, CommandError> {
    let course = Course::find(&session::here()?)?;
    let system = session::system()?;
    let selection = Selection {
        exercises: exercises(&course, &check.exercises)?,
        proofs: proofs(check, author::follows_house_rules(&course)),
        times: usize::from(check.times),
        mutants: usize::from(check.mutants),
    };
    let cancel = interrupt::install()?;
    let processors = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let display: Mutex<Option<Display>> = Mutex::new(None);
    let tell = |news: ProofEvent| show(&display, news, global);
    let workshop = workshop(&course)?;
    // Nobody can have planted anything in it beforehand, and it's removed at the end.
    let outside = tempfile::Builder::new()
        .prefix("wr-author-")
        .tempdir()
        .map_err(|error| {
            CommandError::new(format!("cannot create a temporary directory: {error}"))
        })?;
    let config = ProofConfig {
        workshop,
        outside: outside.path().to_owned(),
        revision: None,
        system: &system,
        settings: session::settings(&system, course.root(), Some(&course), RunMode::Once, global)?,
        jobs: check.jobs.map_or_else(processors, usize::from),
        cancel: &cancel,
        tell: &tell,
    };
    let revision = match &check.solutions {
        Some(revision) => Some(author::write_revision(&config, &course, revision)?),
        None => None,
    };
    let config = ProofConfig { revision, ..config };
    let report = author::prove(&config, &course, &selection);
    drop(display.into_inner().unwrap_or_else(PoisonError::into_inner));
    let report = report?;
    render::proofs(&report, global);
    Ok(crate::exit::status(report.holds()))
}

/// Where copies of the course go.
fn workshop(course: &Course) -> Result<PathBuf, CommandError> {
    // One state directory may serve several courses.
    let digest = blake3::hash(course.root().as_os_str().as_encoded_bytes()).to_hex();
    let name = &digest[..12];
    Ok(state_dir::find(course.root())?.join("author").join(name))
}

/// The named exercises in course order; all of them if none is named.
fn exercises(course: &Course, named: &[String]) -> Result<Vec<ExerciseId>, CommandError> {
    let all = course.exercises().iter().map(|one| one.id().clone());
    if named.is_empty() {
        return Ok(all.collect());
    }
    let mut wanted = BTreeSet::new();
    for name in named {
        let plain = name.trim_end_matches('/');
        let of_chapter: Vec<ExerciseId> = course
            .exercises()
            .iter()
            .map(|one| one.id().clone())
            .filter(|id| id.chapter().as_str() == plain)
            .collect();
        if of_chapter.is_empty() {
            wanted.insert(course.select_path(name)?.id().clone());
        } else {
            wanted.extend(of_chapter);
        }
    }
    Ok(wanted.into_iter().collect())
}

fn proofs(check: &AuthorCheck, is_of_house: bool) -> BTreeSet<Proof> {
    let mut proofs: BTreeSet<Proof> = if check.only.is_empty() {
        // It takes by far the longest, and needs the network the first time.
        let usual = Proof::ALL.into_iter().filter(|one| *one != Proof::Copied);
        let is_asked =
            |one: &Proof| is_of_house || check.house_rules || one.applies_to_every_course();
        usual
            .filter(is_asked)
            .filter(|one| !check.skip.contains(one))
            .collect()
    } else {
        check.only.iter().copied().collect()
    };
    if check.copied {
        proofs.insert(Proof::Copied);
    }
    proofs
}

fn show(display: &Mutex<Option<Display>>, news: ProofEvent, global: &Global) {
    let mut display = display.lock().unwrap_or_else(PoisonError::into_inner);
    match news {
        ProofEvent::Begun { proof, count } => {
            // Remove the previous display first.
            drop(display.take());
            *display = Some(Display::for_proof(global, proof.name(), count));
        }
        ProofEvent::Step { about } => {
            if let Some(display) = display.as_ref() {
                display.step(&about);
            }
        }
        // The display counts the proof's own steps.
        ProofEvent::Engine(Event::Judged(_)) => {}
        ProofEvent::Engine(event) => {
            if let Some(display) = display.as_ref() {
                display.show(&event);
            }
        }
    }
}
