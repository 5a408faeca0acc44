//! The machine that the checks examine.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use pep440_rs::VersionSpecifiers;

use super::tool_output::PATIENCE;
use crate::environment::{Environment, Environments};
use crate::interpreter::{Interpreter, Interpreters, NoInterpreter};
use crate::platform::Platform;
use crate::system::{Cancel, System};

/// The course or project that the doctor was called in.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its root.
    pub root: PathBuf,
    /// What it is.
    pub kind: SiteKind,
    /// Where `wr` keeps its own files, or why it can't.
    pub state_dir: Result<PathBuf, String>,
}

/// What a site is.
#[derive(Debug, Clone)]
pub enum SiteKind {
    /// A course.
    Course {
        /// Its exercises directory.
        exercises_dir: PathBuf,
        /// The Python versions that suit all its exercises.
        preferred_python: Option<VersionSpecifiers>,
        /// The programs that its verification runs, each with the directory it runs in and the file that names it.
        programs: Vec<(String, PathBuf, String)>,
        /// How many exercises it has.
        exercises: usize,
        /// Folders that look like exercises but are skipped, each with the reason.
        skipped_folders: Vec<String>,
        /// The progress database, and what is wrong with it, if anything.
        progress: (PathBuf, Option<String>),
    },
    /// A project that maturin builds.
    Project,
}

/// The machine as seen from one directory.
pub struct Machine<'a> {
    pub(super) system: &'a dyn System,
    pub(super) env: &'a BTreeMap<OsString, OsString>,
    pub(super) here: PathBuf,
    pub(super) site: Option<Site>,
    /// Why there is no site although there should be one, and what to do about it.
    pub(super) trouble: Option<(String, Option<String>)>,
    requested: Option<&'a str>,
    pub(super) cancel: &'a Cancel,
    pub(super) platform: Platform,
    interpreter: OnceLock<Result<Interpreter, NoInterpreter>>,
    own_environment: OnceLock<Option<Environment>>,
    rustc: OnceLock<Option<Result<Rustc, String>>>,
}

/// What `rustc -vV` prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rustc {
    pub(super) program: PathBuf,
    /// Such as `1.95.0`.
    pub(super) release: String,
    /// The triple that it builds for by default.
    pub(super) host: String,
}

impl<'a> Machine<'a> {
    /// The machine as seen from `here`, with the environment that `wr` passes to its child processes.
    pub fn new(
        system: &'a dyn System,
        env: &'a BTreeMap<OsString, OsString>,
        here: &Path,
        site: Option<Site>,
        requested: Option<&'a str>,
        cancel: &'a Cancel,
    ) -> Self {
        Self {
            system,
            env,
            here: here.to_owned(),
            site,
            trouble: None,
            requested,
            cancel,
            platform: Platform::detect(system, env),
            interpreter: OnceLock::new(),
            own_environment: OnceLock::new(),
            rustc: OnceLock::new(),
        }
    }

    /// The same if `here` is in a course that can't be read: why, and what to do about it.
    #[must_use]
    pub fn with_trouble(mut self, reason: String, help: Option<String>) -> Self {
        self.trouble = Some((reason, help));
        self
    }

    /// Where `wr` keeps its own files.
    pub(super) fn state_dir(&self) -> Option<&Path> {
        self.site.as_ref()?.state_dir.as_deref().ok()
    }

    /// The project's own environment, if its tests run in it.
    pub(super) fn own_environment(&self) -> Option<&Environment> {
        let asked = self.own_environment.get_or_init(|| {
            let site = self.site.as_ref()?;
            // As for a verdict: with an explicitly requested interpreter, `wr` uses an environment of its own.
            let is_used = matches!(site.kind, SiteKind::Project) && self.requested.is_none();
            is_used.then(|| self.environments()?.own(&site.root))?
        });
        asked.as_ref()
    }

    fn environments(&self) -> Option<Environments<'_>> {
        Some(Environments {
            system: self.system,
            state_dir: self.state_dir()?,
            env: self.env,
            cancel: self.cancel,
            emit: &|_| {},
        })
    }

    /// The interpreter that `wr` would use: that of the project's own environment, otherwise one that an environment of `wr`'s
    /// was made for, otherwise the first that is found. Determined once, for all checks.
    pub(super) fn interpreter(&self) -> &Result<Interpreter, NoInterpreter> {
        self.interpreter.get_or_init(|| {
            if let Some(own) = self.own_environment() {
                return Ok(own.interpreter.clone());
            }
            let (required, preferred) = self.wanted_python();
            let existing = || {
                self.environments()?
                    .existing_for(required.as_ref(), preferred.as_ref())
            };
            if self.requested.is_none()
                && let Some(existing) = existing()
            {
                return Ok(existing);
            }
            let search = Interpreters {
                env: self.env,
                requested: self.requested,
                patience: PATIENCE,
                cancel: self.cancel,
            };
            // As for a verdict: one that suits the whole course, otherwise one that suits the project, or any for an exercise.
            match preferred.map(|preferred| search.find(self.system, Some(&preferred))) {
                Some(Ok(found)) => Ok(found),
                _ => search.find(self.system, required.as_ref()),
            }
        })
    }

    /// The Python versions that the project requires, and those that suit the whole course.
    fn wanted_python(&self) -> (Option<VersionSpecifiers>, Option<VersionSpecifiers>) {
        match self.site.as_ref().map(|site| (&site.kind, &site.root)) {
            Some((
                SiteKind::Course {
                    preferred_python, ..
                },
                _,
            )) => (None, preferred_python.clone()),
            Some((SiteKind::Project, root)) => {
                // An unreadable manifest is reported where it's needed.
                let subject = crate::subject::project(self.system, root, &[]).ok();
                let required = subject.and_then(|subject| subject.requires_python);
                (required.map(|(_, versions)| versions), None)
            }
            None => (None, None),
        }
    }

    /// The compiler; `None` if there is none, and an error message if it doesn't work.
    pub(super) fn rustc(&self) -> Option<&Result<Rustc, String>> {
        let asked = self.rustc.get_or_init(|| {
            let program = self.find("rustc")?;
            Some(self.ask_rustc(program))
        });
        asked.as_ref()
    }

    fn ask_rustc(&self, program: PathBuf) -> Result<Rustc, String> {
        let tool_output = self.ask(&program, &["-vV"], PATIENCE)?;
        let value = |key: &str| {
            let mut lines = tool_output.stdout.lines();
            lines.find_map(|line| line.strip_prefix(key).map(|value| value.trim().to_owned()))
        };
        match (tool_output.succeeded, value("release:"), value("host:")) {
            (true, Some(release), Some(host)) => Ok(Rustc {
                program,
                release,
                host,
            }),
            _ => Err(tool_output.last_line()),
        }
    }
}
