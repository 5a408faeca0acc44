//! The way of a verdict: environment, build, inspect, expose, test, judge.

mod all;
mod build_env;
mod causes;
mod commands;
mod environment;
mod extension;
mod framework;
mod python;
mod recall;
mod rust;
mod shadowing;
mod surroundings;
mod tools;
mod wheel;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use diagnostic::Diagnostic;
use pep440_rs::VersionSpecifiers;

use crate::build::{self, Cargo};
use crate::environment::NotReady;
use crate::event::{Event, Step};
use crate::expose::Exposed;
use crate::interpreter::Interpreter;
use crate::judge::{CourseRequirements, Evidence, judge};
use crate::memory::{BuildRecord, MadeOf};
use crate::plan::{Plan, plan};
use crate::rules;
use crate::shipped::Shipped;
use crate::subject::{EnvironmentPolicy, Kind, Subject};
use crate::system::{Cancel, Limits, System};
use crate::test::python::Zygote;
use crate::test::{Reads, Suite};
use crate::verdict::{Timing, Verdict};
use crate::verify::recall::Recall;

pub use all::verify_all;
pub use build_env::BuildEnv;
pub(crate) use framework::FRAMEWORKS;

/// How many processes tests may have at a time where nobody sets a limit: more than suites that run in parallel on large machines
/// start, and far fewer than make a machine unusable.
const DEFAULT_PROCESSES: u32 = 1000;

/// How large a file the tests of an exercise may write where nobody sets a limit, in bytes: a loop that writes fills hundreds
/// of megabytes in a second.
const DEFAULT_FILE: u64 = 1 << 30;

/// What holds for all verdicts of an engine.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where everything that the engine makes for itself is kept: the target directory, the environments.
    pub state_dir: PathBuf,
    /// The environment variables for the tools and the tests.
    pub env: BTreeMap<OsString, OsString>,
    /// The interpreter that the user asked for: a path, a name, or a version.
    pub python: Option<String>,
    /// The Pythons that suit the whole course, so that one environment serves all of it.
    pub preferred_python: Option<VersionSpecifiers>,
    /// A time limit that overrides every other.
    pub time_limit: Option<Duration>,
    /// A time limit of each build that overrides every other.
    pub build_time_limit: Option<Duration>,
    /// How much memory tests may hold, in bytes; it overrides every other limit.
    pub memory_limit: Option<u64>,
    /// What this runner is: another version may judge otherwise.
    pub runner: String,
    /// Whether a verdict that still holds is given without looking again.
    pub memory: Memory,
    /// Whether another verdict is likely to be asked for soon.
    pub run_mode: RunMode,
}

/// Whether another verdict is likely to be asked for soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunMode {
    /// One verdict, then the end.
    Once,
    /// A verdict on every save: the next one is prepared as soon as one is given.
    Watch,
}

/// Whether what was found out earlier counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// A verdict that nothing has changed for is given again.
    Trusted,
    /// Everything is verified anew.
    Ignored,
}

/// What was run for a verdict, and whether it is known what that read.
#[derive(Debug, Default)]
pub(crate) enum TestReads {
    /// No program of the subject's.
    #[default]
    Nothing,
    /// Python tests, which say what they read.
    Read(Reads),
    /// Something of which that is not known.
    Unseen,
}

/// The work was cancelled before a verdict was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interrupted")]
pub struct Interrupted;

/// Why a step ended the way to a verdict.
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

/// From a subject to its verdict. One engine serves many verdicts, and keeps what makes the next one quick.
pub struct Engine<'s> {
    pub(crate) system: &'s dyn System,
    pub(crate) settings: Settings,
    pub(crate) zygote: Option<Zygote>,
    /// Whether the library of what is verified was built a moment ago, with others.
    is_just_built: bool,
    /// What the library that was built last is made of.
    made_of: Option<MadeOf>,
    /// The library that was exposed last.
    exposed: Option<Exposed>,
    /// What was run for the verdict in the making.
    ran: TestReads,
    interpreters: Vec<(Option<String>, Interpreter)>,
}

/// One verdict in the making.
pub(crate) struct Work<'w> {
    pub(crate) subject: &'w Subject,
    pub(crate) plan: Plan,
    pub(crate) cancel: &'w Cancel,
    pub(crate) tell: &'w dyn Fn(Event),
    timings: Vec<Timing>,
}

impl<'w> Work<'w> {
    pub(crate) fn new(
        subject: &'w Subject,
        plan: Plan,
        cancel: &'w Cancel,
        tell: &'w dyn Fn(Event),
    ) -> Self {
        Self {
            subject,
            plan,
            cancel,
            tell,
            timings: Vec::new(),
        }
    }

    /// Notes how long something besides the steps took.
    pub(crate) fn note(&mut self, what: &str, took: Duration) {
        self.timings.push(Timing::new(what, took));
    }

    /// Notes how long the parts of a suite took.
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
        }
    }

    /// What the library of a subject is made of, as far as its last build told.
    pub(crate) fn made_of(&self, subject: &Subject) -> Option<MadeOf> {
        let name = &subject.name;
        let latest = self.made_of.as_ref().filter(|made_of| made_of.is_of(name));
        latest.cloned().or_else(|| {
            let record = BuildRecord::read(self.system, &self.build_file(subject))?;
            Some(MadeOf::recorded(name, record.inputs()))
        })
    }

    /// From now on, trusts what was found out earlier or ignores it.
    pub fn remembering(&mut self, memory: Memory) {
        self.settings.memory = memory;
    }

    /// Verifies a subject, telling what it does as it does it.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] when `cancel` was called before the verdict was known; whatever ran has ended by then.
    pub fn verify(
        &mut self,
        subject: &Subject,
        cancel: &Cancel,
        tell: &dyn Fn(Event),
    ) -> Result<Verdict, Interrupted> {
        tell(Event::Started {
            subject: subject.name.clone(),
        });
        let mut work = Work::new(subject, plan(subject), cancel, tell);
        let began = self.system.now();
        let tampered = self.tampered(subject, cancel);
        let recall = self.recall(&mut work, &tampered);
        work.note("recall", self.system.now().saturating_sub(began));
        if let Some(Recall::Known(verdict)) = recall {
            tell(Event::Judged(verdict.clone()));
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
        let project = evidence
            .wants_advice()
            .then(|| self.known_of(subject))
            .flatten();
        let terms = CourseRequirements {
            project: project.as_ref(),
            must_pass: &subject.must_pass,
            tampered: &tampered,
            in_project: subject.environment == EnvironmentPolicy::OwnFirst,
            without_hints: !subject.has_hints,
            without_python: !subject.knows_python,
        };
        let mut verdict = judge(&subject.name, evidence, terms, work.timings);
        if let Some(Recall::Unknown(ground)) = recall {
            self.remember(subject, *ground, &verdict, &tampered);
        }
        let judged = self.system.now().saturating_sub(began);
        verdict.timings.push(Timing::new("judge", judged));
        tell(Event::Judged(Box::new(verdict.clone())));
        Ok(verdict)
    }

    /// What was changed although it is not the learner's to change.
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

    /// Makes the environment for a subject and verifies nothing; a verdict is given where the machine lacks something.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] when `cancel` was called before the environment was ready.
    pub fn prepare(
        &mut self,
        subject: &Subject,
        cancel: &Cancel,
        tell: &dyn Fn(Event),
    ) -> Result<Option<Verdict>, Interrupted> {
        let mut work = Work::new(subject, plan(subject), cancel, tell);
        if !work.has(Step::Environment) {
            return Ok(None);
        }
        match self.timed(&mut work, Step::Environment, Self::environment) {
            Ok(_) => Ok(None),
            Err(Stop::Interrupted) => Err(Interrupted),
            Err(Stop::Evidence(evidence)) => {
                let terms = CourseRequirements::default();
                Ok(Some(judge(&subject.name, *evidence, terms, work.timings)))
            }
        }
    }

    /// A link on the way to what is kept of a subject would have `wr` write and remove files of somebody else's.
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
        // A cargo that is not there would otherwise be noticed after minutes of set-up.
        if work.has(Step::Build) {
            self.require_program("cargo", &work.subject.root)?;
        }
        let environment = if work.has(Step::Environment) {
            Some(self.timed(work, Step::Environment, Self::environment)?)
        } else {
            None
        };
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
                unreachable!("the plan prepares an environment where Python takes part")
            }
        }
    }

    /// Runs a step and notes how long it took.
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

    /// Cargo with a configuration of PyO3 for the interpreter.
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
            pyo3_config,
            time_limit: self
                .settings
                .build_time_limit
                .unwrap_or(work.subject.build_time_limit),
            limits: self.build_limits(),
            cancel: work.cancel,
            tell: work.tell,
        }
    }

    /// PyO3's configuration for an interpreter. All builds share it but those of extensions whose PyO3 has to be told more.
    pub(crate) fn pyo3_config(
        &self,
        interpreter: &Interpreter,
        subject: &Subject,
    ) -> Result<PathBuf, Stop> {
        let dir = self.settings.state_dir.join("pyo3");
        let stable_abi = match &subject.kind {
            Kind::Extension(extension) => {
                self.stable_abi_to_be_told(subject, extension, interpreter)
            }
            Kind::Wheel(_) | Kind::Rust(_) | Kind::Python(_) | Kind::Commands(_) => None,
        };
        build::write_pyo3_config(self.system, &dir, interpreter, stable_abi)
            .map_err(|error| Self::cannot_write(&dir, &error))
    }

    pub(crate) fn target_dir(&self) -> PathBuf {
        self.settings.state_dir.join("target")
    }

    /// A package as it is built in a profile.
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

    /// The evidence that a file of the engine's own could not be written.
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

    /// What the tests of a subject may use. Where nobody says otherwise that is half of the machine's memory, so that a runaway
    /// test takes down neither the machine nor the editor beside it.
    pub(crate) fn limits(&self, subject: &Subject) -> Limits {
        let share = || self.system.memory().map(|all| all / 2);
        Limits {
            memory: self
                .settings
                .memory_limit
                .or(subject.memory_limit)
                .or_else(share),
            processes: Some(subject.process_limit.unwrap_or(DEFAULT_PROCESSES)),
            file: subject.file_limit.or(match subject.environment {
                EnvironmentPolicy::Kept => Some(DEFAULT_FILE),
                // Real projects test files of many gigabytes that take no room on the disk.
                EnvironmentPolicy::OwnFirst => None,
            }),
        }
    }

    /// What a build may use. Compilers are honest about what they need, so nearly all of the memory is theirs; a build script
    /// may still run away.
    fn build_limits(&self) -> Limits {
        Limits {
            memory: self.system.memory().map(|all| all / 10 * 9),
            processes: Some(DEFAULT_PROCESSES),
            file: None,
        }
    }

    pub(crate) fn time_limit(&self, subject: &Subject) -> Duration {
        self.settings.time_limit.unwrap_or(subject.time_limit)
    }
}
