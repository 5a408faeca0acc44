//! The virtual environment that the tests run in.
//!
//! A course has one for all its exercises. The first command creates it, and it grows with the requirements of each
//! exercise. It's marked as ready only when it is, so an interrupted set-up continues where it stopped. A project's
//! environment contains exactly what the project asks for: a package that it no longer lists, or that another
//! project needed, would change its tests.

mod exact;
mod install;
mod installed;
mod recreate;
mod venv_state;
mod wheel;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use diagnostic::Diagnostic;
use environments::site_directories;
use pep440_rs::VersionSpecifiers;
use serde::{Deserialize, Serialize};

pub(crate) use self::exact::For;
pub(crate) use self::installed::{Installed, owners};
pub(crate) use self::recreate::Renewed;
pub(crate) use self::venv_state::{Kept, VenvState, moved_from, venv_state};
pub(crate) use self::wheel::NoWheel;
use crate::event::{Event, Step};
use crate::interpreter::{Interpreter, in_environment, probe};
use crate::requirements::Requirements;
use crate::system::{Cancel, FileStamp, System, SystemExt, SystemFiles};
use crate::turn;

/// What every environment needs, in a version that the harness works with.
const ALWAYS: [&str; 1] = ["pytest>=7.0"];

/// The oldest pytest that the harness works with: the one in [`ALWAYS`].
pub(crate) const OLDEST_PYTEST: (u32, u32) = (7, 0);

/// A virtual environment that is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Its interpreter's program.
    pub python: PathBuf,
    /// Its directory.
    pub dir: PathBuf,
    /// The interpreter behind it.
    pub interpreter: Interpreter,
    /// What was installed into it, in the order of installation; empty for an environment that isn't `wr`'s own.
    pub requirements: Vec<String>,
    /// What is installed, according to its files.
    pub(crate) installed: Installed,
}

/// What is written into one of `wr`'s environments once it's ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    interpreter: Interpreter,
    /// The interpreter's program when the environment was created: an upgrade in place makes the environment stale.
    program: Option<FileStamp>,
    requirements: Vec<String>,
    /// The constraints from a lock file.
    #[serde(default)]
    locked: Vec<String>,
}

/// Why there is no environment: something is missing on the machine, or the work was cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotReady {
    /// Something is missing.
    Broken {
        /// The finding.
        finding: Box<Diagnostic>,
        /// The tool's complete output, if a tool failed.
        output: Option<(String, String)>,
    },
    /// The work was cancelled.
    Cancelled,
}

impl From<Diagnostic> for NotReady {
    fn from(finding: Diagnostic) -> Self {
        Self::Broken {
            finding: Box::new(finding),
            output: None,
        }
    }
}

impl Environment {
    /// The version of pytest that is installed, if the harness can't work with it.
    pub(crate) fn too_old_pytest(&self) -> Option<&str> {
        let version = self.installed.version("pytest");
        version.filter(|version| is_pytest_too_old(version))
    }
}

/// Creates and finds environments.
pub(crate) struct Environments<'a> {
    pub(crate) system: &'a dyn System,
    /// Where `wr`'s own environments are kept.
    pub(crate) state_dir: &'a Path,
    /// The environment variables for the tools.
    pub(crate) env: &'a BTreeMap<OsString, OsString>,
    pub(crate) cancel: &'a Cancel,
    pub(crate) emit: &'a dyn Fn(Event),
}

impl Environments<'_> {
    /// `wr`'s own environment for an interpreter, with these requirements installed: at least these for a course, exactly these
    /// for a project.
    pub(crate) fn kept(
        &self,
        interpreter: &Interpreter,
        requirements: &Requirements,
        purpose: For<'_>,
    ) -> Result<Environment, NotReady> {
        let wanted = with_always(requirements);
        let dir = self.dir_for(interpreter, &purpose.suffix(&wanted));
        if self.is_recorded(&dir, purpose)
            && let Some(ready) = self.ready(&dir, interpreter, &wanted)
        {
            return Ok(ready);
        }
        let _lock = self.lock()?;
        let ready = self.complete(&dir, interpreter, &wanted)?;
        self.record_use(&dir, purpose);
        Ok(ready)
    }

    /// The same, while holding the lock.
    fn complete(
        &self,
        dir: &Path,
        interpreter: &Interpreter,
        wanted: &Requirements,
    ) -> Result<Environment, NotReady> {
        // Another `wr` may have created it while this one waited.
        if let Some(ready) = self.ready(dir, interpreter, wanted) {
            return Ok(ready);
        }
        let (present, were_locked) = match self.stamp(dir) {
            Some(stamp) if self.is_made_for(&stamp, interpreter) && self.works(dir) => {
                (stamp.requirements, stamp.locked)
            }
            _ => {
                self.create(dir, interpreter)?;
                (Vec::new(), Vec::new())
            }
        };
        // Packages installed under another lock file may not fit this one.
        let mut all = if were_locked == wanted.locked {
            present.clone()
        } else {
            Vec::new()
        };
        for requirement in &wanted.wanted {
            if !all.contains(requirement) {
                all.push(requirement.clone());
            }
        }
        let environment = self.environment(dir, interpreter, all.clone());
        // An interrupted installation leaves an unknown state, so the stamp is removed first.
        self.system
            .remove(&stamp_file(dir))
            .map_err(|error| unwritable(&error))?;
        self.announce(&all, &present);
        match self.install_locked(&environment, &all, &wanted.locked) {
            Ok(()) => self.note(&environment, all.clone(), wanted.locked.clone())?,
            Err(failed) => {
                // An installer that fails by itself restores everything, so the next attempt continues from here.
                if failed != NotReady::Cancelled {
                    self.note(&environment, present, were_locked)?;
                }
                return Err(failed);
            }
        }
        Ok(self.environment(dir, interpreter, all))
    }

    /// Says what is installed now; the rest was installed earlier.
    fn announce(&self, all: &[String], present: &[String]) {
        let mut new: Vec<&str> = all.iter().map(String::as_str).collect();
        if all.iter().any(|one| !present.contains(one)) {
            new.retain(|one| !present.iter().any(|present| present == one));
        }
        (self.emit)(Event::Step {
            step: Step::Environment,
            detail: format!("installing {}", new.join(", ")),
        });
    }

    /// The environment in a directory, as it is now.
    fn environment(
        &self,
        dir: &Path,
        interpreter: &Interpreter,
        requirements: Vec<String>,
    ) -> Environment {
        let python = in_environment(dir);
        Environment {
            installed: Installed::look(self.system, dir, &python),
            python,
            dir: dir.to_owned(),
            interpreter: interpreter.clone(),
            requirements,
        }
    }

    /// Records what is installed in an environment.
    fn note(
        &self,
        environment: &Environment,
        requirements: Vec<String>,
        locked: Vec<String>,
    ) -> Result<(), NotReady> {
        let stamp = Stamp {
            interpreter: environment.interpreter.clone(),
            program: self.system.stamp(&environment.interpreter.base),
            requirements,
            locked,
        };
        let text = serde_json::to_vec_pretty(&stamp).unwrap_or_default();
        self.system
            .write(&stamp_file(&environment.dir), &text)
            .map_err(|error| unwritable(&error).into())
    }

    /// The unchanged interpreters that `wr`'s environments were made for. An interpreter that was chosen once is kept: searching
    /// for interpreters starts programs, and `PATH` may differ between terminals.
    pub(crate) fn venv_state(&self) -> Vec<Interpreter> {
        let dirs = self
            .system
            .list(&self.state_dir.join("venv"))
            .unwrap_or_default();
        dirs.iter()
            .filter_map(|entry| self.stamp(&entry.path))
            .filter(|stamp| {
                stamp.program.is_some()
                    && self.system.stamp(&stamp.interpreter.base) == stamp.program
            })
            .map(|stamp| stamp.interpreter)
            .collect()
    }

    /// The interpreter with a suitable version among those that `wr`'s environments were made for: preferably one that suits the
    /// whole course, otherwise one that suits this exercise.
    pub(crate) fn existing_for(
        &self,
        required: Option<&VersionSpecifiers>,
        preferred: Option<&VersionSpecifiers>,
    ) -> Option<Interpreter> {
        let venv_state = self.venv_state();
        let fits = |one: &&Interpreter| one.is_supported() && one.satisfies(required);
        venv_state
            .iter()
            .find(|one| fits(one) && one.satisfies(preferred))
            .or_else(|| venv_state.iter().find(fits).filter(|_| preferred.is_none()))
            .cloned()
    }

    /// `wr`'s own environment for an interpreter, if it's ready to use.
    pub(crate) fn kept_if_ready(
        &self,
        interpreter: &Interpreter,
        requirements: &Requirements,
        purpose: For<'_>,
    ) -> Option<Environment> {
        let wanted = with_always(requirements);
        let dir = self.dir_for(interpreter, &purpose.suffix(&wanted));
        self.ready(&dir, interpreter, &wanted)
    }

    /// The project's own environment, if there is one with pytest: the active one, otherwise `.venv`.
    pub(crate) fn own(&self, root: &Path) -> Option<Environment> {
        let active = self.env.get(OsStr::new("VIRTUAL_ENV")).map(PathBuf::from);
        let in_project = root.join(".venv");
        [active, Some(in_project)]
            .into_iter()
            .flatten()
            .find_map(|dir| self.usable(&dir))
    }

    fn usable(&self, dir: &Path) -> Option<Environment> {
        let python = in_environment(dir);
        if !self.system.is_file(&python) || !has_pytest(self.system, dir) {
            return None;
        }
        let interpreter = self.probe_once(&python)?;
        Some(self.environment(dir, &interpreter, Vec::new()))
    }

    /// Probes an interpreter, unless the same file has been probed before.
    fn probe_once(&self, python: &Path) -> Option<Interpreter> {
        let stamp = self.system.stamp(python)?;
        let name = blake3::hash(python.as_os_str().as_encoded_bytes()).to_hex();
        let file = self
            .state_dir
            .join("interpreters")
            .join(format!("{}.json", &name[..16]));
        let known: Option<(FileStamp, Interpreter)> = self
            .system
            .read(&file)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if let Some((known_stamp, interpreter)) = known
            && known_stamp == stamp
        {
            return Some(interpreter);
        }
        let interpreter = probe(self.system, self.env, python, self.cancel).ok()?;
        if let Ok(text) = serde_json::to_vec(&(stamp, &interpreter)) {
            let _ = self.system.write(&file, &text);
        }
        Some(interpreter)
    }

    fn ready(
        &self,
        dir: &Path,
        interpreter: &Interpreter,
        wanted: &Requirements,
    ) -> Option<Environment> {
        let stamp = self.stamp(dir)?;
        let mut all = wanted.wanted.iter();
        let complete =
            all.all(|one| stamp.requirements.contains(one)) && stamp.locked == wanted.locked;
        (self.is_made_for(&stamp, interpreter) && complete && self.works(dir))
            .then(|| self.environment(dir, interpreter, stamp.requirements))
    }

    fn is_made_for(&self, stamp: &Stamp, interpreter: &Interpreter) -> bool {
        // The same interpreter may be reached through an environment that is active only sometimes, so its base is compared.
        stamp.interpreter.base == interpreter.base
            && stamp.interpreter.version == interpreter.version
            && stamp.program == self.system.stamp(&interpreter.base)
    }

    /// Whether the environment's program still works: its target may have been uninstalled.
    fn works(&self, dir: &Path) -> bool {
        self.system.is_file(&in_environment(dir))
    }

    fn stamp(&self, dir: &Path) -> Option<Stamp> {
        let bytes = self.system.read(&stamp_file(dir)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// One environment per interpreter and, for projects, per set of requirements. Scripts in an environment contain its path,
    /// so a moved course gets a new one.
    fn dir_for(&self, interpreter: &Interpreter, suffix: &str) -> PathBuf {
        let (major, minor, _) = interpreter.version;
        let threading = if interpreter.free_threaded { "t" } else { "" };
        self.state_dir
            .join("venv")
            .join(format!("{major}.{minor}{threading}{suffix}"))
    }

    fn lock(&self) -> Result<Box<dyn Send>, NotReady> {
        let locked = turn::take(
            self.system,
            &self.state_dir.join("venv").join("lock"),
            Step::Environment,
            "another wr that is changing the environment",
            self.cancel,
            self.emit,
        );
        match locked {
            Ok(Some(guard)) => Ok(guard),
            Ok(None) => Err(NotReady::Cancelled),
            Err(error) => Err(crate::rules::venv_unavailable::failed(
                "wr",
                &format!("{}: {error}", self.state_dir.display()),
            )
            .into()),
        }
    }
}

/// Whether the harness can't work with a version of pytest.
fn is_pytest_too_old(version: &str) -> bool {
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().ok());
    let major = numbers.next().flatten();
    // A pre-release has letters after its number, as in `7.0rc1`.
    let minor = numbers.next().flatten().unwrap_or_default();
    major.is_some_and(|major| (major, minor) < OLDEST_PYTEST)
}

/// The requirements plus what every environment needs, without constraints that conflict with that.
fn with_always(requirements: &Requirements) -> Requirements {
    let always = ALWAYS.iter().map(|&text| text.to_owned());
    let is_too_old = |constraint: &String| {
        let version = constraint.strip_prefix("pytest==");
        version.is_some_and(is_pytest_too_old)
    };
    let locked = requirements.locked.iter();
    Requirements {
        wanted: always.chain(requirements.wanted.iter().cloned()).collect(),
        locked: locked.filter(|one| !is_too_old(one)).cloned().collect(),
        lock_file: requirements.lock_file.clone(),
    }
}

fn unwritable(error: &std::io::Error) -> Diagnostic {
    let message = error.to_string();
    crate::rules::no_space::in_output("wr", &message)
        .unwrap_or_else(|| crate::rules::venv_unavailable::failed("wr", &message))
}

fn stamp_file(dir: &Path) -> PathBuf {
    dir.join("wr-ready.json")
}

fn has_pytest(system: &dyn System, dir: &Path) -> bool {
    site_directories(dir, &SystemFiles(system))
        .iter()
        .any(|packages| system.is_dir(&packages.join("pytest")))
}
