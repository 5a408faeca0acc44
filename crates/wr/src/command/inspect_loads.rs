//! `wr inspect --for` and `wr inspect --environment`: will it load there?

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;

use engine::Cancel;

use crate::cli::{self, Global};
use crate::error::CommandError;
use crate::inspect::loads::{self, Answered, Asked, Environment, Index};
use crate::inspect::{Job, Selection, Surroundings, Target, Trouble};
use crate::progress::Display;
use crate::{interrupt, render};

/// The exit status for a finding with `--check`.
const FOUND: u8 = crate::exit::NOT_SOLVED;

/// The exit status for a target that could not be read, or a result that could not be written.
const UNREADABLE: u8 = 2;

pub(crate) fn run(
    inspect: &cli::Inspect,
    selection: &Selection,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let cancel = interrupt::install()?;
    let (asked, mut answered, troubles) =
        interrupt::while_waiting(|| answer(inspect, &cancel, global))?;
    for one in &mut answered {
        for answer in &mut one.answers {
            answer.retain(|finding| selection.counts(finding));
        }
    }
    let answers = render::Loads {
        asked: &asked,
        answered: &answered,
        troubles: &troubles,
    };
    let shown = render::loads(&answers, global);
    Ok(if shown.is_err() || !troubles.is_empty() {
        ExitCode::from(UNREADABLE)
    } else if inspect.check && answers.findings() > 0 {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    })
}

type Answers = (Vec<Asked>, Vec<Answered>, Vec<Trouble>);

fn answer(
    inspect: &cli::Inspect,
    cancel: &Cancel,
    global: &Global,
) -> Result<Answers, CommandError> {
    let display = Display::new(global);
    let mut asked = loads::resolve(&inspect.wanted, inspect.platform.as_deref(), cancel)?;
    let mut answered = Vec::new();
    let mut troubles = Vec::new();
    let mut left_aside = Vec::new();
    if let Some(named) = &inspect.environment {
        display.say("looking for the environment");
        let mut environment = Environment::find(
            Some(named.as_str()).filter(|named| !named.is_empty()),
            global.python.as_deref(),
            cancel,
        )?;
        left_aside.clone_from(&environment.left_aside);
        if asked.is_empty() {
            asked.extend(environment.own());
        }
        if asked.is_empty() {
            return Err(
                CommandError::new("this directory has no interpreter of its own")
                    .help("name a Python, such as --for 3.15"),
            );
        }
        display.say("inspecting what is installed");
        let (answers, met) = environment.answer(&asked, |message| display.count(message));
        answered.push(answers);
        troubles.extend(met);
    }
    let (of_index, targets): (Vec<&OsString>, Vec<&OsString>) = inspect
        .targets
        .iter()
        .partition(|target| inspect.index && is_of_index(target));
    if !of_index.is_empty() {
        display.say("looking for pip");
        let index = Index::find(global.python.as_deref(), cancel)?;
        for target in of_index {
            match index.answer(&target.to_string_lossy(), &asked, |message| {
                display.say(message);
            }) {
                Ok((answers, met)) => {
                    answered.push(answers);
                    troubles.extend(met);
                }
                Err(trouble) => troubles.push(trouble),
            }
        }
    }
    let (requirements, targets): (Vec<&OsString>, Vec<&OsString>) =
        targets.into_iter().partition(|target| {
            let text = target.to_string_lossy();
            loads::is_requirement(&text) || loads::is_list(Path::new(target))
        });
    troubles.extend(requirements.into_iter().map(|target| {
        Trouble::new(
            target.to_string_lossy(),
            "only the package index knows which wheels exist for a requirement",
        )
        .help("add --index to ask it, or name a lock file: uv.lock or pylock.toml")
    }));
    let targets = Target::resolve_all(targets);
    let jobs: Vec<&Job> = targets.iter().flat_map(|target| &target.jobs).collect();
    let around = if jobs.iter().any(|job| matches!(job, Job::Installed { .. })) {
        display.say("asking the interpreter in use");
        let around = Surroundings::find(global.python.as_deref(), cancel)?;
        left_aside.extend(around.left_aside.iter().cloned());
        around
    } else {
        Surroundings::none()
    };
    for target in &targets {
        troubles.extend(target.troubles.iter().cloned());
        for job in &target.jobs {
            display.say(format!("inspecting {}", job.name()));
            match loads::answer(job, &asked, &around) {
                Ok(answers) => answered.push(answers),
                Err(met) => troubles.extend(met),
            }
        }
    }
    display.finish();
    render::left_aside(&left_aside, global);
    Ok((asked, answered, troubles))
}

/// With `--index`, a target that doesn't exist on disk is a requirement.
fn is_of_index(target: &OsStr) -> bool {
    let path = Path::new(target);
    loads::is_list(path) || !path.exists()
}
