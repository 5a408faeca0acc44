//! What the checks look at.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use pep440_rs::VersionSpecifiers;

use super::Platform;
use super::tool_output::PATIENCE;
use crate::environment::{Environment, Environments};
use crate::interpreter::{Interpreter, Interpreters, NoInterpreter};
use crate::system::{Cancel, System};

/// The course or project that the doctor was called in.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its root.
    pub root: PathBuf,
    /// What it is.
    pub kind: SiteKind,
    /// Where `wr` keeps its own files, or why it cannot.
    pub state_dir: Result<PathBuf, String>,
}

/// What a site is.
#[derive(Debug, Clone)]
pub enum SiteKind {
    /// A course.
    Course {
        /// Its exercises directory.
        exercises_dir: PathBuf,
        /// The versions of Python that suit all its exercises.
        preferred_python: Option<VersionSpecifiers>,
        /// The programs that its verification names, each with the directory it is started in and who names it.
        programs: Vec<(String, PathBuf, String)>,
        /// How many exercises it has.
        exercises: usize,
        /// What looks like an exercise and is passed over, each with the reason.
        skipped_folders: Vec<String>,
        /// The progress database, and what is wrong with it where something is.
        progress: (PathBuf, Option<String>),
    },
    /// A project that maturin builds.
    Project,
}

/// The machine, seen from one directory.
pub struct Machine<'a> {
    pub(super) system: &'a dyn System,
    pub(super) env: &'a BTreeMap<OsString, OsString>,
    pub(super) here: PathBuf,
    pub(super) site: Option<Site>,
    /// Why there is no site though there should be one, and what to do about it.
    pub(super) trouble: Option<(String, Option<String>)>,
    requested: Option<&'a str>,
    pub(super) cancel: &'a Cancel,
    pub(super) platform: Platform,
    interpreter: OnceLock<Result<Interpreter, NoInterpreter>>,
    own_environment: OnceLock<Option<Environment>>,
    rustc: OnceLock<Option<Result<Rustc, String>>>,
}

/// What `rustc -vV` says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rustc {
    pub(super) program: PathBuf,
    /// Such as `1.95.0`.
    pub(super) release: String,
    /// The triple that it builds for unless told otherwise.
    pub(super) host: String,
}

impl<'a> Machine<'a> {
    /// The machine as seen from `here`, with the environment that `wr` gives its children.
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

    /// The same where a course is around `here` and cannot be read: why, and what to do about it.
    #[must_use]
    pub fn with_trouble(mut self, reason: String, help: Option<String>) -> Self {
        self.trouble = Some((reason, help));
        self
    }

    /// Where `wr` keeps its own files.
    pub(super) fn state_dir(&self) -> Option<&Path> {
        self.site.as_ref()?.state_dir.as_deref().ok()
    }

    /// The project's own environment, where that is what its tests run in.
    pub(super) fn own_environment(&self) -> Option<&Environment> {
        let asked = self.own_environment.get_or_init(|| {
            let site = self.site.as_ref()?;
            // As for a verdict: who asks for an interpreter by name gets an environment of `wr`'s own.
            let is_taken = matches!(site.kind, SiteKind::Project) && self.requested.is_none();
            is_taken.then(|| self.environments()?.own(&site.root))?
        });
        asked.as_ref()
    }

    fn environments(&self) -> Option<Environments<'_>> {
        Some(Environments {
            system: self.system,
            state_dir: self.state_dir()?,
            env: self.env,
            cancel: self.cancel,
            tell: &|_| {},
        })
    }

    /// The interpreter that `wr` would take, in its own order: that of the project's own environment, one that an environment of
    /// `wr`'s was made for, else the one that is found. Asked once, for all checks.
    pub(super) fn interpreter(&self) -> &Result<Interpreter, NoInterpreter> {
        self.interpreter.get_or_init(|| {
            if let Some(own) = self.own_environment() {
                return Ok(own.interpreter.clone());
            }
            let (required, preferred) = self.wanted_python();
            let standing = || {
                self.environments()?
                    .standing_for(required.as_ref(), preferred.as_ref())
            };
            if self.requested.is_none()
                && let Some(standing) = standing()
            {
                return Ok(standing);
            }
            let search = Interpreters {
                env: self.env,
                requested: self.requested,
                patience: PATIENCE,
                cancel: self.cancel,
            };
            // As for a verdict: one that suits the whole course, else one that suits the project, or any for an exercise.
            match preferred.map(|preferred| search.find(self.system, Some(&preferred))) {
                Some(Ok(found)) => Ok(found),
                _ => search.find(self.system, required.as_ref()),
            }
        })
    }

    /// The versions of Python that the project requires, and those that suit the whole course.
    fn wanted_python(&self) -> (Option<VersionSpecifiers>, Option<VersionSpecifiers>) {
        match self.site.as_ref().map(|site| (&site.kind, &site.root)) {
            Some((
                SiteKind::Course {
                    preferred_python, ..
                },
                _,
            )) => (None, preferred_python.clone()),
            Some((SiteKind::Project, root)) => {
                // A manifest that cannot be read is told by whoever needs it.
                let subject = crate::subject::project(self.system, root, &[]).ok();
                let required = subject.and_then(|subject| subject.requires_python);
                (required.map(|(_, versions)| versions), None)
            }
            None => (None, None),
        }
    }

    /// The compiler; `None` where there is none, in words where it does not work.
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
            _ => Err(tool_output.last_words()),
        }
    }
}
