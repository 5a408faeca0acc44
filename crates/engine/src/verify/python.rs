//! Runs Python tests, alone or after a build.

use std::ffi::OsString;
use std::path::Path;

use course::CONFTEST;
use diagnostic::SourceLocation;

use super::framework::{Built, TestFramework};
use super::{Engine, RunMode, Stop, TestReads, Work};
use crate::environment::{Environment, NotReady, owners};
use crate::event::{Event, Step};
use crate::expose::scripts_beside;
use crate::judge::{Evidence, missing_name, unsendable_class};
use crate::manifest::{conftests, pytest_files};
use crate::memory::REPLACED;
use crate::rules;
use crate::rules::name_not_in_module::is_inside;
use crate::subject::{
    Distribution, EnvironmentPolicy, Extension, Kind, PythonTests, find_defined, search,
    shown_source,
};
use crate::system::System;
use crate::test::python::{
    Run, Zygote, ZygoteSpec, active_frame, include_conftest, missing_attribute, printed,
};
use crate::test::{End, Failure, Suite};

/// pytest, through the harness.
pub(super) struct Pytest;

impl TestFramework for Pytest {
    fn step(&self) -> Step {
        Step::PythonTests
    }

    fn applies(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Extension(_) | Kind::Wheel(_) | Kind::Python(_) => true,
            Kind::Rust(_) | Kind::Commands(_) => false,
        }
    }

    fn run(
        &self,
        engine: &mut Engine<'_>,
        work: &mut Work<'_>,
        built: &Built<'_>,
    ) -> Result<Option<(Suite, Vec<String>)>, Stop> {
        let unpacked;
        let (tests, environment, exposed) = match *built {
            Built::Extension {
                extension,
                environment,
                exposed,
                ..
            } => (&extension.tests, environment, Some((extension, exposed))),
            Built::Wheel {
                project,
                environment,
                dir,
            } => {
                unpacked = PythonTests {
                    paths: vec![dir.to_owned()],
                    ..project.tests.clone()
                };
                (&unpacked, environment, None)
            }
            Built::Python { tests, environment } => (tests, environment, None),
            Built::Rust { .. } => return Ok(None),
        };
        let suite = engine.timed(work, self.step(), |engine, work| {
            engine.python_tests(work, tests, environment, exposed)
        })?;
        Ok(Some((suite, Vec::new())))
    }

    fn read_printed(
        &self,
        text: &str,
        root: &Path,
        shown: &dyn Fn(&str) -> String,
    ) -> Option<Suite> {
        printed::suite(text, root, shown)
    }
}

impl Engine<'_> {
    pub(super) fn python_alone(
        &mut self,
        work: &mut Work<'_>,
        tests: &PythonTests,
        environment: &Environment,
    ) -> Result<Evidence, Stop> {
        self.warm_up(work, tests, environment, None)?;
        let (suites, warnings) = self.test(work, Built::Python { tests, environment })?;
        Ok(Evidence::Tested {
            suites,
            warnings,
            advice: Vec::new(),
            wants_tests: true,
        })
    }

    /// Starts the harness unless a suitable one is running, has it prepare a child, and returns the run that the child is for.
    /// A failure to prepare counts only when the tests are run.
    pub(super) fn warm_up(
        &mut self,
        work: &Work<'_>,
        tests: &PythonTests,
        environment: &Environment,
        exposed: Option<(&Extension, &Path)>,
    ) -> Result<Run, Stop> {
        let spec = self.zygote_spec(work, environment);
        let serves = |zygote: &mut Zygote| zygote.serves(self.system, &spec);
        if !self.zygote.as_mut().is_some_and(serves) {
            // The old one is stopped before the new one starts, so that there is never more than one.
            self.zygote = None;
            let dir = spec.dir.clone();
            Zygote::write(self.system, &spec).map_err(|error| Self::cannot_write(&dir, &error))?;
            let started = Zygote::start(self.system, spec);
            self.zygote = Some(started.map_err(|error| {
                let finding = rules::pytest_refused::not_started(&environment.python, &error);
                NotReady::from(finding)
            })?);
        }
        let run = self.pytest_run(work, tests, environment, exposed);
        if let Some(zygote) = &mut self.zygote {
            zygote.prepare(self.system, &run);
        }
        Ok(run)
    }

    fn python_tests(
        &mut self,
        work: &mut Work<'_>,
        tests: &PythonTests,
        environment: &Environment,
        exposed: Option<(&Extension, &Path)>,
    ) -> Result<Suite, Stop> {
        (work.emit)(Event::Step {
            step: Step::PythonTests,
            detail: format!(
                "running the Python tests, {} s at most",
                self.time_limit(work.subject).as_secs_f64()
            ),
        });
        self.fetch_for_tests(work);
        let run = self.warm_up(work, tests, environment, exposed)?;
        let manifest = exposed.map_or_else(
            || work.subject.root.join("Cargo.toml"),
            |(extension, _)| extension.manifest.clone(),
        );
        let shown = shown_source(self.system, &manifest, &work.subject.root);
        let Some(zygote) = &mut self.zygote else {
            return Ok(Suite::unusable(format!(
                "{} could not be started",
                environment.python.display()
            )));
        };
        let mut suite = zygote.run(self.system, &run, &shown, work.cancel, work.emit);
        if self.settings.run_mode == RunMode::Watch {
            // The child for the next save is configured while the user reads.
            zygote.prepare(self.system, &run);
        }
        if matches!(suite.end, End::TimedOut { .. }) {
            suite.active_frame = active_frame(self.system, &suite.trace, &run.cwd);
        }
        if suite.end == End::Cancelled {
            return Err(Stop::Interrupted);
        }
        self.ran = suite
            .reads
            .take()
            .map_or(TestReads::Unknown, TestReads::Read);
        if let Some((extension, _)) = exposed {
            suite.extension = Some(extension.module.clone());
            include_conftest(&mut suite);
            self.find_definitions(work, extension, &mut suite);
        }
        Ok(suite)
    }

    /// The variables of an activated environment: programs that tests start by name are the environment's.
    pub(super) fn activated(&self, environment: &Environment) -> Vec<(OsString, OsString)> {
        let mut variables: Vec<(OsString, OsString)> =
            vec![("VIRTUAL_ENV".into(), environment.dir.clone().into())];
        let name = OsString::from("PATH");
        let bin = environment.python.parent().map(Path::to_owned);
        if let (Some(bin), Some(present)) = (bin, self.settings.env.get(&name)) {
            let dirs = std::iter::once(bin).chain(std::env::split_paths(present));
            if let Ok(joined) = std::env::join_paths(dirs) {
                variables.push((name, joined));
            }
        }
        variables
    }

    pub(super) fn zygote_spec(&self, work: &Work<'_>, environment: &Environment) -> ZygoteSpec {
        let mut env = self.settings.env.clone();
        env.extend(self.activated(environment));
        for name in REPLACED {
            env.remove(std::ffi::OsStr::new(name));
        }
        for name in ["PYTHONHOME", "PYTHONSAFEPATH"] {
            env.remove(std::ffi::OsStr::new(name));
        }
        if work.subject.environment == EnvironmentPolicy::Kept {
            env.remove(std::ffi::OsStr::new("PYTEST_ADDOPTS"));
            // A backtrace through the interpreter's frames would bury the one line that says where the panic happened.
            env.insert("RUST_BACKTRACE".into(), "0".into());
        }
        ZygoteSpec {
            python: environment.python.clone(),
            installed: environment.installed.digest().to_owned(),
            env,
            limits: self.limits(work.subject),
            dir: ZygoteSpec::dir_below(&self.settings.state_dir.join("harness")),
        }
    }

    pub(super) fn pytest_run(
        &self,
        work: &Work<'_>,
        tests: &PythonTests,
        environment: &Environment,
        exposed: Option<(&Extension, &Path)>,
    ) -> Run {
        let dir = self.dir_of(work.subject);
        let cache = dir.join("pytest-cache");
        let mut cache_dir = OsString::from("cache_dir=");
        cache_dir.push(&cache);
        let mut args = vec!["--color=no".into(), "-o".into(), cache_dir];
        args.extend(tests.args.iter().map(OsString::from));
        let mut path = Vec::new();
        let mut own = vec![cache, self.settings.state_dir.join("harness")];
        let mut env = std::collections::BTreeMap::new();
        // As if the user had changed into the directory and typed `pytest`.
        env.insert(OsString::from("PWD"), tests.root.clone().into());
        // For tests that build something themselves, or ask `wr` about it.
        env.insert("WR".into(), self.settings.program.clone().into());
        env.insert(
            "WR_CACHE".into(),
            self.settings.state_dir.join("cache").into(),
        );
        if let Some((extension, dir)) = exposed {
            path.push(dir.to_owned());
            // The library's inputs are tracked instead.
            own.push(dir.to_owned());
            if extension.has_scripts() {
                env.extend(self.path_with(work, environment, &scripts_beside(dir)));
            }
        }
        if let Some((extension, dir)) = exposed
            && extension.module.contains('.')
        {
            env.insert(OsString::from("WR_EXPOSE"), dir.to_owned().into());
        }
        let mut late_path = Vec::new();
        if exposed.is_some_and(|(extension, _)| is_taken(self.system, environment, extension)) {
            late_path.extend(tests.paths.iter().cloned());
        } else {
            path.extend(tests.paths.iter().cloned());
        }
        if let (Kind::Wheel(_), [dir]) = (&work.subject.kind, &*tests.paths) {
            env.extend(self.path_with(work, environment, &dir.join("bin")));
        }
        Run {
            cwd: tests.root.clone(),
            args,
            path,
            late_path,
            env,
            module: exposed.map(|(extension, dir)| (extension.module.clone(), dir.to_owned())),
            own,
            trace: dir.join("trace.txt"),
            early: self.is_configured_early(tests, exposed.map(|(extension, _)| extension)),
            configuration: self.configuration(tests),
            limit: self.time_limit(work.subject),
        }
    }

    /// `PATH` with the project's own programs in front of the environment's.
    fn path_with(
        &self,
        work: &Work<'_>,
        environment: &Environment,
        programs: &Path,
    ) -> Option<(OsString, OsString)> {
        let name = OsString::from("PATH");
        let spec = self.zygote_spec(work, environment);
        let present = spec.env.get(&name)?;
        let dirs = std::iter::once(programs.to_owned()).chain(std::env::split_paths(present));
        Some((name, std::env::join_paths(dirs).ok()?))
    }

    /// Whether configuring pytest most likely imports nothing from the project. It does if there is a `conftest.py`, if
    /// plugins are named, and if the project provides a plugin itself, which pytest finds only once the project is in place. If it
    /// unexpectedly does, the harness notices and starts again.
    fn is_configured_early(&self, tests: &PythonTests, extension: Option<&Extension>) -> bool {
        let is_conftest = |path: &Path| path.file_name().is_some_and(|name| name == CONFTEST);
        let mut above = conftests(&tests.root);
        let names_plugins = |name: &str| self.settings.env.contains_key(std::ffi::OsStr::new(name));
        !extension.is_some_and(Extension::has_plugins)
            && search::files(self.system, &tests.root, &is_conftest).is_empty()
            && !above.any(|path| self.system.stamp(&path).is_some())
            && !tests.args.iter().any(|arg| arg.starts_with("-p"))
            && !names_plugins("PYTEST_PLUGINS")
            && !names_plugins("PYTEST_ADDOPTS")
            && !self.configuration_text(tests).contains("-p ")
    }

    /// A digest of the files that configure pytest and of when they were written: a child prepared while one of them was briefly
    /// different has read that content, even if the file is the same again now.
    fn configuration(&self, tests: &PythonTests) -> String {
        let stamps: Vec<_> = pytest_files(&tests.root)
            .map(|file| self.system.stamp(&file))
            .collect();
        let text = self.configuration_text(tests);
        blake3::hash(format!("{stamps:?}{text}").as_bytes())
            .to_hex()
            .to_string()
    }

    /// The content of the files where pytest looks for its configuration, in order.
    fn configuration_text(&self, tests: &PythonTests) -> String {
        pytest_files(&tests.root)
            .filter_map(|file| self.system.read(&file).ok())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Finds the places in Rust that cause Python's errors: a missing name may be defined but not added to the module, and a
    /// class that may not leave its thread says so in its attribute.
    fn find_definitions(&self, work: &Work<'_>, extension: &Extension, suite: &mut Suite) {
        let find = |name| find_defined(self.system, &extension.manifest, work.subject, name);
        for failed in &mut suite.failed {
            match &mut failed.failure {
                Failure::Import { text, known, .. } => {
                    if let Some((name, module)) = missing_name(text)
                        && (module == extension.module || is_inside(&extension.module, module))
                    {
                        known.defined = find(name);
                    }
                }
                Failure::NoAttribute { text, known, .. } => {
                    if let Some((name, module)) = missing_attribute(text)
                        && module == extension.module
                    {
                        known.defined = find(name);
                    }
                }
                Failure::Panicked { text, place, .. } => {
                    if let Some(class) = unsendable_class(text)
                        && let Some(found) = find(class)
                    {
                        let line = found.definition.attribute("pyclass");
                        *place = Some(SourceLocation::line(
                            found.place.file,
                            line.unwrap_or(found.definition.line),
                        ));
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether another distribution has installed a package with the extension's name. maturin makes the sources importable through
/// a `.pth` file, which comes after installed packages. A package from an earlier build of the project itself is replaced.
fn is_taken(system: &dyn System, environment: &Environment, extension: &Extension) -> bool {
    let Some(own) = extension
        .distribution
        .as_ref()
        .map(Distribution::normalized_name)
    else {
        return false;
    };
    let Some((package, _)) = extension.module.split_once('.') else {
        return false;
    };
    let suffixes = &environment.interpreter.suffixes;
    let owners = owners(system, &environment.dir, package, suffixes);
    !owners.is_empty() && !owners.contains(&own)
}
