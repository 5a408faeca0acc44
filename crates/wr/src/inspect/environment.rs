//! The Python environment in use: its interpreter, and where that finds modules.
//!
//! The interpreter reports its paths and is started without `site`, so that no installed package's file runs. What
//! `site` would have added from `.pth` files, `environments` reads.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anatomy::Expectation;
use anatomy::python_api::OfferedSymbols;
use engine::{Cancel, Interpreters, NoInterpreter};
use environments::{SearchPath, comes_from_outside, is_virtual_environment};

use super::binary;
use super::disk::Disk;
use super::report::shown;
use crate::error::CommandError;
use crate::{environment, session};

/// What a command knows about the machine before it inspects targets.
pub(crate) struct Surroundings {
    /// The environment in use, if one was needed and found.
    pub(crate) in_use: Result<InUse, String>,
    /// Whether the user named the interpreter, so that files are judged for it too.
    pub(crate) is_named: bool,
    /// Nearby environments whose interpreters aren't run because they come with the checkout.
    pub(crate) left_aside: Vec<PathBuf>,
}

fn dirs(environments: Vec<(PathBuf, bool)>) -> Vec<PathBuf> {
    environments.into_iter().map(|(dir, _)| dir).collect()
}

impl Surroundings {
    /// For targets that don't need an interpreter.
    pub(crate) fn none() -> Self {
        Self {
            in_use: Err("no interpreter was searched for".to_owned()),
            is_named: false,
            left_aside: Vec::new(),
        }
    }

    /// Finds the interpreter in use and queries it.
    pub(crate) fn find(requested: Option<&str>, cancel: &Cancel) -> Result<Self, CommandError> {
        let system = session::system()?;
        let env = environment::for_children();
        let (environments, left_aside) = nearby(&session::here()?, &env)
            .into_iter()
            .partition(|(_, is_run)| *is_run);
        let interpreters = Interpreters {
            env: &env,
            requested,
            patience: engine::PATIENCE,
            cancel,
        };
        let found = interpreters
            .in_use(&system, &dirs(environments))
            .map_err(|missed| reason(&missed))
            .map(|found| InUse::new(found, &env));
        if let (Err(reason), Some(_)) = (&found, requested) {
            return Err(CommandError::new(reason.clone()).help("it's what --python asks for"));
        }
        Ok(Self {
            in_use: found,
            is_named: requested.is_some(),
            left_aside: if requested.is_none() {
                dirs(left_aside)
            } else {
                Vec::new()
            },
        })
    }
}

fn reason(missed: &NoInterpreter) -> String {
    match missed.silent.first() {
        Some((program, said)) => format!("{} isn't a working Python: {said}", program.display()),
        None => missed.to_string(),
    }
}

/// The environments of the directory where the command was started: a project's `.venv`, or the course's own, nearest
/// first; and for each, whether its interpreter may be run. One that comes with the checkout itself may not: inspecting
/// a stranger's code must not run any of it.
fn nearby(here: &Path, env: &BTreeMap<OsString, OsString>) -> Vec<(PathBuf, bool)> {
    let checkout = here
        .ancestors()
        .find(|dir| dir.join(".git").exists())
        .unwrap_or(here);
    let mut found = Vec::new();
    for dir in here.ancestors() {
        found.push(dir.join(".venv"));
        found.extend(kept_in(&dir.join(".wr")));
    }
    let named = env.get(OsStr::new("WR_STATE_DIR")).map(PathBuf::from);
    found.extend(named.iter().flat_map(|dir| kept_in(dir)));
    found
        .into_iter()
        .filter(|dir| is_virtual_environment(dir, &Disk))
        .map(|dir| {
            let is_run = comes_from_outside(&dir, checkout, &Disk);
            (dir, is_run)
        })
        .collect()
}

/// The environments managed by `wr`, newest Python first.
fn kept_in(state_dir: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(state_dir.join("venv"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|dir| dir.join("pyvenv.cfg").is_file())
        .collect();
    let minor = |dir: &PathBuf| -> Option<u32> {
        let name = dir.file_name()?.to_str()?;
        name.trim_end_matches('t').split('.').nth(1)?.parse().ok()
    };
    found.sort_by_key(|dir| std::cmp::Reverse(minor(dir)));
    found
}

/// An environment in use.
pub(crate) struct InUse {
    /// What its interpreter reported.
    pub(super) asked: engine::InUse,
    /// The symbols that its interpreter exports, if they can be read.
    pub(super) offered: Option<OfferedSymbols>,
    /// Where it looks for modules.
    pub(super) path: SearchPath,
}

impl InUse {
    fn new(asked: engine::InUse, env: &BTreeMap<OsString, OsString>) -> Self {
        let python_path = env
            .get(OsStr::new("PYTHONPATH"))
            .map(|value| std::env::split_paths(value).collect::<Vec<_>>());
        Self {
            offered: offered(&asked),
            path: SearchPath::new(
                python_path.unwrap_or_default(),
                &asked.standard_library,
                &asked.site_directories,
                &Disk,
            ),
            asked,
        }
    }
}

/// The symbols exported by the interpreter's program, or by its libpython if the program only starts that.
fn offered(asked: &engine::InUse) -> Option<OfferedSymbols> {
    let interpreter = &asked.interpreter;
    let library = interpreter
        .library_dir
        .as_ref()
        .zip(interpreter.library.as_ref())
        .map(|(dir, name)| dir.join(name));
    let shared = library.filter(|_| interpreter.shared);
    [shared.as_deref(), Some(&*interpreter.base)]
        .into_iter()
        .flatten()
        .filter_map(|file| binary::inspect(&shown(file), file, &Expectation::new()).ok())
        .map(|inspection| OfferedSymbols::of(&inspection.facts))
        .find(|symbols| !symbols.is_empty())
}
