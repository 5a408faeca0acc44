//! The steps to a verdict: environment, build, inspect, expose, test, judge.

mod all;
mod build_env;
mod causes;
mod commands;
mod environment;
mod examples;
mod exposure;
mod extension;
mod fetch;
mod framework;
mod importable;
mod limits;
mod plan;
mod python;
mod recall;
mod rust;
mod settings;
mod shadowing;
mod surroundings;
mod tools;
mod wheel;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use diagnostic::Diagnostic;

use crate::build::{self, Cargo, PythonLink};
use crate::environment::NotReady;
use crate::event::{Event, Step};
use crate::expose::Exposed;
use crate::interpreter::Interpreter;
use crate::judge::{CourseRequirements, Evidence, judge};
use crate::memory::Reads;
use crate::memory::{BuildRecord, MadeOf};
use crate::rules;
use crate::shipped::Shipped;
use crate::subject::{EnvironmentPolicy, Kind, Subject};
use crate::system::{Cancel, System};
use crate::test::Suite;
use crate::test::python::Zygote;
use crate::verdict::{Timing, Verdict};
use crate::verify::recall::Recall;

pub use all::verify_all;
pub use build_env::BuildEnv;
pub(crate) use framework::FRAMEWORKS;
pub use importable::Importable;
pub use plan::{Plan, plan};
pub use settings::{Memory, RunMode, Settings};

/// What the programs that were run for a verdict read, if that is known.
#[derive(Debug, Default)]
pub(crate) enum TestReads {
    /// None of the subject's programs was run.
    #[default]
    Nothing,
    /// Python tests were run, and what they read was recorded.
    Read(Reads),
    /// It isn't known what was read.
    Unknown,
}

/// The work was cancelled before a verdict was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interrupted")]
pub struct Interrupted;

/// Why a step ended the work on a verdict.
pub(crate) enum Stop {
    /// The evidence is complete.
    Evidence(Box<Evidence>),
    /// The work was cancelled.
    Interrupted,
}

impl From<Evidence> for Stop {
    fn from(evidence: Evidence) -> Self {
        Self::Evidence(Box::new(evidence))
    }
}

impl From<NotReady> for Stop {
    fn from(reason: NotReady) -> Self {
        match reason {
            NotReady::Cancelled => Self::Interrupted,
            NotReady::Broken { finding, output } => Evidence::NotStarted {
                finding: *finding,
                output,
            }
            .into(),
        }
    }
}

/// Produces verdicts. One engine gives many, and keeps what makes the next one fast.
pub struct Engine<'s> {
    pub(crate) system: &'s dyn System,
    pub(crate) settings: Settings,
    pub(crate) zygote: Option<Zygote>,
    /// Whether the subject's library was built a moment ago, together with others.
    is_just_built: bool,
    /// What the most recently built library is made of.
    made_of: Option<MadeOf>,
    /// The most recently exposed library.
    exposed: Option<Exposed>,
    /// What was run for the current verdict.
    ran: TestReads,
    interpreters: Vec<(Option<String>, Interpreter)>,
    /// The compiler's version in each directory that was asked about: a directory may choose a toolchain of its own.
    rustc_versions: RefCell<BTreeMap<PathBuf, String>>,
}

/// The work on one verdict.
pub(crate) struct Work<'w> {
    pub(crate) subject: &'w Subject,
    pub(crate) plan: Plan,
    pub(crate) cancel: &'w Cancel,
    pub(crate) emit: &'w dyn Fn(Event),
    /// The interpreter of its environment, once that is ready.
    python: Option<Interpreter>,
    timings: Vec<Timing>,
}

impl<'w> Work<'w> {
    pub(crate) fn new(
        subject: &'w Subject,
        plan: Plan,
        cancel: &'w Cancel,
        emit: &'w dyn Fn(Event),
    ) -> Self {
        Self {
            subject,
            plan,
            cancel,
            emit,
            python: None,
            timings: Vec::new(),
        }
    }

    /// Records how long something other than a step took.
    pub(crate) fn note(&mut self, what: &str, took: Duration) {
        self.timings.push(Timing::new(what, took));
    }

    /// Records how long the parts of a suite took.
    pub(crate) fn note_parts(&mut self, suite: &Suite) {
        self.timings.extend(suite.timings.iter().cloned());
    }

    pub(crate) fn has(&self, step: Step) -> bool {
        self.plan.steps.contains(&step)
    }
}

impl<'s> Engine<'s> {
    /// An engine that has done nothing yet.
    pub fn new(system: &'s dyn System, settings: Settings) -> Self {
        Self {
            system,
            settings,
            zygote: None,
            is_just_built: false,
            made_of: None,
            exposed: None,
            ran: TestReads::Nothing,
            interpreters: Vec::new(),
            rustc_versions: RefCell::default(),
        }
    }

    /// What a subject's library is made of, as far as its last build said.
    pub(crate) fn made_of(&self, subject: &Subject) -> Option<MadeOf> {
        let name = &subject.name;
        let latest = self.made_of.as_ref().filter(|made_of| made_of.is_of(name));
        latest.cloned().or_else(|| {
            let record = BuildRecord::read(self.system, &self.build_file(subject))?;
            Some(MadeOf::recorded(name, record.inputs()))
        })
    }

    /// From now on, trusts or ignores remembered results.
    pub fn remembering(&mut self, memory: Memory) {
        self.settings.memory = memory;
    }

    /// Verifies a subject, and reports what it does as it does it.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] if the work was cancelled before the verdict was known; everything that ran has ended by then.
    pub fn verify(
        &mut self,
        subject: &Subject,
        cancel: &Cancel,
        emit: &dyn Fn(Event),
    ) -> Result<Verdict, Interrupted> {
        emit(Event::Started {
            subject: subject.name.clone(),
        });
        let verdict = self.verdict(subject, cancel, emit);
        emit(match &verdict {
            Ok(verdict) => Event::Judged(Box::new(verdict.clone())),
            Err(Interrupted) => Event::Cancelled {
                subject: subject.name.clone(),
            },
        });
        verdict
    }

    fn verdict(
        &mut self,
        subject: &Subject,
        cancel: &Cancel,
        emit: &dyn Fn(Event),
    ) -> Result<Verdict, Interrupted> {
        let mut work = Work::new(subject, plan(subject), cancel, emit);
        let began = self.system.now();
        let tampered = self.tampered(subject, cancel);
        let recall = self.recall(&mut work, &tampered);
        work.note("recall", self.system.now().saturating_sub(began));
        if let Some(Recall::Known(verdict)) = recall {
            return Ok(*verdict);
        }
        self.ran = TestReads::Nothing;
        let evidence = match self.gather(&mut work) {
            Ok(evidence) => evidence,
            Err(Stop::Evidence(evidence)) => *evidence,
            Err(Stop::Interrupted) => return Err(Interrupted),
        };
        if cancel.is_cancelled() {
            return Err(Interrupted);
        }
        let began = self.system.now();
        let mut verdict = self.judged(work, evidence, &tampered);
        if let Some(Recall::Unknown(ground)) = recall {
            self.remember(subject, *ground, &verdict, &tampered);
        }
        let judged = self.system.now().saturating_sub(began);
        verdict.timings.push(Timing::new("judge", judged));
        Ok(verdict)
    }

    /// The verdict on the work's subject that the evidence supports.
    fn judged(&mut self, work: Work<'_>, evidence: Evidence, tampered: &[Diagnostic]) -> Verdict {
        let subject = work.subject;
        let project = evidence
            .wants_advice()
            .then(|| self.project_of(subject))
            .flatten();
        let python = work.python.as_ref();
        let must_pass: Vec<&str> = subject
            .must_pass
            .iter()
            .filter(|test| test.runs_in(python.map(Interpreter::pep440).as_ref()))
            .map(|test| test.id.as_str())
            .collect();
        let requirements = CourseRequirements {
            project: project.as_ref(),
            must_pass: &must_pass,
            tampered,
            in_project: subject.environment == EnvironmentPolicy::OwnFirst,
            without_hints: !subject.has_hints,
            without_python: !subject.knows_python,
        };
        let python = python.map(Interpreter::version_text);
        let mut verdict = judge(&subject.name, evidence, requirements, work.timings);
        verdict.python = python;
        verdict
    }

    /// Protected files that were changed.
    pub(crate) fn tampered(&self, subject: &Subject, cancel: &Cancel) -> Vec<Diagnostic> {
        let shipped = Shipped {
            system: self.system,
            env: &self.settings.env,
            state_dir: &self.settings.state_dir,
            cancel,
        };
        let settings = shipped.changed(&subject.settings);
        let settings = settings
            .iter()
            .map(|file| rules::tests_changed::settings(file, &subject.shown(file)));
        subject.tampered.iter().cloned().chain(settings).collect()
    }

    /// Prepares the environment for a subject without verifying it. Returns a verdict if something is missing on the machine.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] if the work was cancelled before the environment was ready.
    pub fn prepare(
        &mut self,
        subject: &Subject,
        cancel: &Cancel,
        emit: &dyn Fn(Event),
    ) -> Result<Option<Verdict>, Interrupted> {
        let mut work = Work::new(subject, plan(subject), cancel, emit);
        if !work.has(Step::Environment) {
            return Ok(None);
        }
        match self.timed(&mut work, Step::Environment, Self::environment) {
            Ok(_) => Ok(None),
            Err(Stop::Interrupted) => Err(Interrupted),
            Err(Stop::Evidence(evidence)) => {
                let none = CourseRequirements::default();
                Ok(Some(judge(&subject.name, *evidence, none, work.timings)))
            }
        }
    }

    /// Refuses a symbolic link on the path to a subject's directory: through it, `wr` would write and remove other files.
    fn require_own_directory(&self, subject: &Subject) -> Result<(), Stop> {
        let own = &self.settings.state_dir;
        let dir = self.dir_of(subject);
        let link = dir
            .ancestors()
            .take_while(|dir| *dir != own)
            .find(|dir| self.system.is_link(dir));
        match link {
            Some(link) => {
                let finding = rules::state_unwritable::is_link(link);
                Err(NotReady::from(finding).into())
            }
            None => Ok(()),
        }
    }

    fn gather(&mut self, work: &mut Work<'_>) -> Result<Evidence, Stop> {
        self.require_own_directory(work.subject)?;
        // Otherwise a missing cargo would be noticed only after minutes of set-up.
        if work.has(Step::Build) {
            self.require_program("cargo", &work.subject.root)?;
        }
        let environment = if work.has(Step::Environment) {
            Some(self.timed(work, Step::Environment, Self::environment)?)
        } else {
            None
        };
        work.python = environment.as_ref().map(|one| one.interpreter.clone());
        match (&work.subject.kind, environment) {
            (Kind::Extension(extension), Some(environment)) => {
                self.extension(work, extension, &environment)
            }
            (Kind::Wheel(project), Some(environment)) => self.wheel(work, project, &environment),
            (Kind::Python(tests), Some(environment)) => {
                self.python_alone(work, tests, &environment)
            }
            (Kind::Commands(commands), _) => self.commands(work, commands),
            (Kind::Rust(rust), environment) => self.rust(work, rust, environment.as_ref()),
            (Kind::Extension(_) | Kind::Wheel(_) | Kind::Python(_), None) => {
                unreachable!("the plan prepares an environment for everything that needs Python")
            }
        }
    }

    /// Runs a step and records how long it took.
    pub(crate) fn timed<'w, T>(
        &mut self,
        work: &mut Work<'w>,
        step: Step,
        run: impl FnOnce(&mut Self, &mut Work<'w>) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        if work.cancel.is_cancelled() {
            return Err(Stop::Interrupted);
        }
        let started = self.system.now();
        let result = run(self, work);
        let elapsed = self.system.now().saturating_sub(started);
        work.timings.push(Timing::new(step.name(), elapsed));
        result
    }

    /// Cargo, with a PyO3 configuration if it builds an extension.
    pub(crate) fn cargo<'c>(
        &'c self,
        work: &'c Work<'_>,
        target_dir: &'c Path,
        pyo3_config: Option<&'c Path>,
    ) -> Cargo<'c> {
        Cargo {
            system: self.system,
            env: &self.settings.env,
            target_dir,
            python: python_link(work, pyo3_config),
            time_limit: self
                .settings
                .build_time_limit
                .unwrap_or(work.subject.build_time_limit),
            limits: self.build_limits(),
            cancel: work.cancel,
            emit: work.emit,
        }
    }

    /// PyO3's configuration for an interpreter. All builds share it, except for extensions whose PyO3 needs more settings.
    pub(crate) fn pyo3_config(
        &self,
        interpreter: &Interpreter,
        subject: &Subject,
    ) -> Result<PathBuf, Stop> {
        let dir = self.settings.state_dir.join("pyo3");
        let stable_abi = match &subject.kind {
            Kind::Extension(extension) => {
                self.stable_abi_for_config(subject, extension, interpreter)
            }
            Kind::Wheel(_) | Kind::Rust(_) | Kind::Python(_) | Kind::Commands(_) => None,
        };
        build::write_pyo3_config(self.system, &dir, interpreter, stable_abi)
            .map_err(|error| Self::cannot_write(&dir, &error))
    }

    /// The target directory that all extensions share.
    pub(crate) fn target_dir(&self) -> PathBuf {
        self.settings.state_dir.join("target")
    }

    /// The target directory that a subject shares with others of its kind. For programs that embed Python, PyO3 is compiled with
    /// other settings than for extensions; in one directory, each build would replace the other's.
    pub(crate) fn target_dir_for(&self, subject: &Subject) -> PathBuf {
        let shared = self.target_dir();
        if subject.embeds_python() {
            shared.join("embedding")
        } else {
            shared
        }
    }

    /// A package in the profile that it's built in.
    pub(crate) fn package<'p>(
        &'p self,
        manifest: &'p Path,
        profile: &'p str,
        config: &'p [String],
    ) -> build::Apart<'p> {
        build::Apart {
            system: self.system,
            env: &self.settings.env,
            manifest,
            profile,
            config,
        }
    }

    /// The evidence when one of the engine's own files couldn't be written.
    pub(crate) fn cannot_write(path: &Path, error: &std::io::Error) -> Stop {
        let text = error.to_string();
        let finding = rules::no_space::in_output("wr", &text)
            .unwrap_or_else(|| rules::state_unwritable::finding(path, &text));
        NotReady::from(finding).into()
    }

    pub(crate) fn require_program(&self, name: &str, cwd: &Path) -> Result<(), Stop> {
        let path = self.settings.env.get(std::ffi::OsStr::new("PATH"));
        let found = self
            .system
            .find_program(name.as_ref(), path.map(OsString::as_os_str), cwd);
        match found {
            Some(_) => Ok(()),
            None => Err(NotReady::from(rules::program_missing::finding(name)).into()),
        }
    }
}

/// What a build of the subject has to do with Python; `config` is PyO3's configuration for an extension.
pub(crate) fn python_link<'c>(work: &'c Work<'_>, config: Option<&'c Path>) -> PythonLink<'c> {
    match (config, &work.python) {
        (Some(config), _) => PythonLink::Extends(config),
        (None, Some(interpreter)) if work.subject.embeds_python() => {
            PythonLink::Embeds(&interpreter.executable)
        }
        (None, _) => PythonLink::None,
    }
}
