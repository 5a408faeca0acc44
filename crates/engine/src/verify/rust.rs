//! Verifies a Rust crate, and runs Rust test programs.

use std::ffi::OsString;
use std::path::Path;

use super::framework::{Built, TestFramework};
use super::{Engine, Stop, Work};
use crate::build::{self, Artifact, Target};
use crate::environment::Environment;
use crate::event::{Event, Step};
use crate::interpreter::Interpreter;
use crate::judge::Evidence;
use crate::manifest::{self, CargoToml};
use crate::subject::{Kind, RustCrate, shown_source};
use crate::system::System;
use crate::test::rust::{Program, printed, run};
use crate::test::{End, Suite};
use crate::turn;

/// Rust's own test framework, and whatever test programs print alike.
pub(super) struct Libtest;

impl TestFramework for Libtest {
    fn step(&self) -> Step {
        Step::RustTests
    }

    fn applies(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Extension(extension) => extension.rust_tests.any(),
            Kind::Wheel(project) => project.has_rust_tests,
            Kind::Rust(_) => true,
            Kind::Python(_) | Kind::Commands(_) => false,
        }
    }

    fn run(
        &self,
        engine: &mut Engine<'_>,
        work: &mut Work<'_>,
        built: &Built<'_>,
    ) -> Result<Option<(Suite, Vec<String>)>, Stop> {
        if !self.applies(&work.subject.kind) {
            return Ok(None);
        }
        match *built {
            Built::Extension {
                extension,
                environment,
                config,
                ..
            } => {
                let suite = engine.timed(work, self.step(), |engine, work| {
                    engine.rust_tests(work, extension, &environment.interpreter, config)
                })?;
                Ok(Some((suite, Vec::new())))
            }
            Built::Wheel { project, .. } => engine.rust_suite(work, &project.rust, None).map(Some),
            Built::Rust { rust, embedded } => engine.rust_suite(work, rust, embedded).map(Some),
            Built::Python { .. } => Ok(None),
        }
    }

    fn read_printed(
        &self,
        text: &str,
        _root: &Path,
        shown: &dyn Fn(&str) -> String,
    ) -> Option<Suite> {
        printed::suite(text, shown)
    }
}

impl Engine<'_> {
    pub(super) fn rust(
        &mut self,
        work: &mut Work<'_>,
        rust: &RustCrate,
        environment: Option<&Environment>,
    ) -> Result<Evidence, Stop> {
        let embedded = environment.filter(|_| rust.embeds_python);
        let (suites, warnings) = self.test(work, Built::Rust { rust, embedded })?;
        let mut advice = Vec::new();
        if let Some(environment) = environment.filter(|_| work.subject.check_tools) {
            advice.push(self.tools_ready(work, environment));
        }
        Ok(Evidence::Tested {
            suites,
            warnings,
            advice,
            wants_tests: false,
        })
    }

    /// Builds and runs a crate's tests; returns the compiler's warnings too. A program that embeds Python runs as in an
    /// activated environment, where it finds the environment's packages. It has to find Python's library by itself, as under cargo.
    pub(super) fn rust_suite(
        &mut self,
        work: &mut Work<'_>,
        rust: &RustCrate,
        embedded: Option<&Environment>,
    ) -> Result<(Suite, Vec<String>), Stop> {
        let turns = self.programs_locks(work, rust)?;
        let (artifacts, warnings) = self.timed(work, Step::Build, |engine, work| {
            (work.emit)(Event::Step {
                step: Step::Build,
                detail: "compiling".to_owned(),
            });
            engine.build_tests(work, rust)
        })?;
        let mut variables = programs_by_variable(&artifacts);
        variables.extend(embedded.into_iter().flat_map(|one| self.activated(one)));
        let suite = self.timed(work, Step::RustTests, |engine, work| {
            let programs = artifacts.iter().filter(|artifact| {
                artifact.is_test && artifact.is_tested && artifact.executable.is_some()
            });
            let mut suite =
                engine.run_programs(work, &rust.manifest, programs, &variables, None)?;
            if rust.has_doctests && matches!(suite.end, End::Finished { status: 0 }) {
                merge(&mut suite, engine.doctests(work, rust, embedded)?);
            }
            Ok(suite)
        })?;
        drop(turns);
        Ok((suite, warnings))
    }

    /// Cargo puts programs with the same name, of any package, at the same place in the target directory, and tests start them
    /// there. So they stay locked from the build to the end of the tests.
    fn programs_locks(
        &self,
        work: &Work<'_>,
        rust: &RustCrate,
    ) -> Result<Vec<Box<dyn Send>>, Stop> {
        let read: Option<CargoToml> = manifest::read(self.system, &rust.manifest).ok().flatten();
        let names = read
            .map(|read| manifest::program_names(self.system, &rust.manifest, &read))
            .unwrap_or_default();
        let dir = self
            .package(&rust.manifest, build::PROFILE, &[])
            .target_dir(&self.target_dir_for(work.subject));
        // Always in the order of the names, so that no two processes can deadlock.
        names
            .iter()
            .map(|name| {
                let digest = blake3::hash(name.as_bytes()).to_hex();
                let file = dir.join(format!("wr-program-{}.lock", &digest[..16]));
                let waiting_for = "another wr that is testing a program with this name";
                turn::take(
                    self.system,
                    &file,
                    Step::Build,
                    waiting_for,
                    work.cancel,
                    work.emit,
                )
                .map_err(|error| Self::cannot_write(&dir, &error))?
                .ok_or(Stop::Interrupted)
            })
            .collect()
    }

    /// Builds the tests. In a course, every target is built first, because its tests may start any of the crate's programs.
    fn build_tests(
        &self,
        work: &Work<'_>,
        rust: &RustCrate,
    ) -> Result<(Vec<Artifact>, Vec<String>), Stop> {
        if !rust.builds_all_targets {
            return self.built(work, &rust.manifest, None, &Target::Tests);
        }
        let (mut artifacts, mut warnings) =
            self.built(work, &rust.manifest, None, &Target::Everything)?;
        // If both profiles are the same, the tests have just been built too.
        if build::tests_may_differ(self.system, &self.settings.env, &rust.manifest) {
            let (tests, more) = self.built(work, &rust.manifest, None, &Target::Tests)?;
            artifacts.retain(|artifact| !artifact.is_test);
            artifacts.extend(tests);
            warnings.extend(
                more.into_iter()
                    .filter(|one| !warnings.contains(one))
                    .collect::<Vec<_>>(),
            );
        }
        Ok((artifacts, warnings))
    }

    /// Runs test programs one after the other, up to the first that crashes or hangs.
    pub(super) fn run_programs<'a>(
        &self,
        work: &Work<'_>,
        manifest: &Path,
        programs: impl Iterator<Item = &'a Artifact>,
        variables: &[(OsString, OsString)],
        interpreter: Option<&Interpreter>,
    ) -> Result<Suite, Stop> {
        let mut all = Suite::empty();
        for artifact in programs {
            let Some(executable) = &artifact.executable else {
                continue;
            };
            (work.emit)(Event::Step {
                step: Step::RustTests,
                detail: format!("running the Rust tests of `{}`", artifact.target),
            });
            let mut program = Program {
                target: artifact.target.clone(),
                command: vec![executable.into(), "--color=never".into()],
                ..self.program(work, manifest, interpreter)
            };
            program.env.extend(variables.iter().cloned());
            program
                .env
                .extend(variables_of_package(self.system, manifest));
            let ended = self.run_program(work, manifest, &program)?;
            let is_finished = matches!(ended.end, End::Finished { .. });
            merge(&mut all, ended);
            if !is_finished {
                break;
            }
        }
        Ok(all)
    }

    pub(super) fn run_program(
        &self,
        work: &Work<'_>,
        manifest: &Path,
        program: &Program,
    ) -> Result<Suite, Stop> {
        let shown = shown_source(self.system, manifest, &work.subject.root);
        let started = run(self.system, program, &shown, work.cancel, work.emit);
        // A directory that no program can be run from can't be used.
        let first = program.command.first().map_or(manifest, Path::new);
        let suite = started.map_err(|error| Self::cannot_write(first, &error))?;
        match suite.end {
            End::Cancelled => Err(Stop::Interrupted),
            _ => Ok(suite),
        }
    }

    pub(super) fn program(
        &self,
        work: &Work<'_>,
        manifest: &Path,
        interpreter: Option<&Interpreter>,
    ) -> Program {
        let mut env = self.settings.env.clone();
        if let Some(dir) = interpreter.and_then(|one| one.library_dir.as_ref()) {
            let name = if cfg!(target_os = "macos") {
                "DYLD_FALLBACK_LIBRARY_PATH"
            } else {
                "LD_LIBRARY_PATH"
            };
            let name = OsString::from(name);
            let mut dirs = vec![dir.clone()];
            if let Some(present) = env.get(&name) {
                dirs.extend(std::env::split_paths(present));
            }
            if let Ok(joined) = std::env::join_paths(dirs) {
                env.insert(name, joined);
            }
        }
        Program {
            target: String::new(),
            command: Vec::new(),
            cwd: manifest.parent().unwrap_or(&work.subject.root).to_owned(),
            env,
            limit: self.time_limit(work.subject),
            limits: self.limits(work.subject),
        }
    }
}

/// Where a test finds the programs of its package while it runs (cargo book, "Environment Variables", `CARGO_BIN_EXE_<name>`).
fn programs_by_variable(artifacts: &[Artifact]) -> Vec<(OsString, OsString)> {
    artifacts
        .iter()
        .filter(|artifact| !artifact.is_test && artifact.kinds.iter().any(|kind| kind == "bin"))
        .filter_map(|artifact| {
            let name = format!("CARGO_BIN_EXE_{}", artifact.target);
            Some((name.into(), artifact.executable.clone()?.into()))
        })
        .collect()
}

/// The variables about the package that `cargo test` sets for a running test (cargo book, "Environment Variables").
fn variables_of_package(system: &dyn System, manifest: &Path) -> Vec<(OsString, OsString)> {
    let mut variables: Vec<(OsString, OsString)> = vec![
        ("CARGO".into(), "cargo".into()),
        ("CARGO_MANIFEST_PATH".into(), manifest.into()),
    ];
    if let Some(dir) = manifest.parent() {
        variables.push(("CARGO_MANIFEST_DIR".into(), dir.into()));
    }
    let read: Option<CargoToml> = manifest::read(system, manifest).ok().flatten();
    if let Some(read) = read {
        let name = read.package_name().map(OsString::from);
        variables.extend(name.map(|name| ("CARGO_PKG_NAME".into(), name)));
        let version = read.version().map(OsString::from);
        variables.extend(version.map(|version| ("CARGO_PKG_VERSION".into(), version)));
    }
    variables
}

pub(super) fn merge(all: &mut Suite, one: Suite) {
    all.tests.extend(one.tests);
    all.failed.extend(one.failed);
    if !one.output.is_empty() {
        all.output.push_str(&one.output);
        all.output.push('\n');
    }
    if all.end == (End::Finished { status: 0 }) {
        all.end = one.end;
        all.running = one.running;
        all.trace = one.trace;
        all.last_place = one.last_place;
    }
}
