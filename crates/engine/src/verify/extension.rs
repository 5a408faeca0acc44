//! Verifies an extension module.

use std::path::{Path, PathBuf};

use anatomy::shared::{OUTSIDE_STABLE_ABI, PYTHON_LIBRARY_MISSING};
use anatomy::{Expectation, ModuleName, PythonVersion};
use diagnostic::{Diagnostic, Severity};

use super::framework::Built;
use super::rust::merge;
use super::{Engine, Memory, Stop, Work};
use crate::build::{self, Artifact, BuildFailureCause, Outcome, Target, TestsOf};
use crate::environment::Environment;
use crate::event::{Event, Step};
use crate::inputs::{Inputs, is_source};
use crate::interpreter::Interpreter;
use crate::judge::Evidence;
use crate::memory::{BuildRecord, ForWhat, Key, MadeOf, read_dep_info};
use crate::platform::Platform;
use crate::rules;
use crate::subject::{Extension, Subject, rust_sources};
use crate::test::{End, Suite};
use crate::turn;

/// What a build depends on, recorded before it started.
pub(super) struct BuildBasis {
    pub(super) key: String,
    start: i128,
    before: Inputs,
    pub(super) earlier: Option<BuildRecord>,
}

/// The file extensions of shared libraries on the systems that Python runs on.
const LIBRARY_EXTENSIONS: [&str; 3] = ["so", "dylib", "dll"];

impl Engine<'_> {
    pub(super) fn extension(
        &mut self,
        work: &mut Work<'_>,
        extension: &Extension,
        environment: &Environment,
    ) -> Result<Evidence, Stop> {
        let interpreter = &environment.interpreter;
        let inspection = self.inspect_manifests(work, extension, interpreter);
        let promised = inspection.facts.stable_abi(&interpreter.expectation());
        let found = self.built_and_tested(work, extension, environment, promised);
        let inspected = self.inspected_now(work, extension, interpreter, inspection);
        match found {
            Ok(evidence) => Ok(self.with_causes(work, extension, interpreter, inspected, evidence)),
            Err(Stop::Evidence(evidence)) => Err(self
                .with_causes(work, extension, interpreter, inspected, *evidence)
                .into()),
            Err(Stop::Interrupted) => Err(Stop::Interrupted),
        }
    }

    fn built_and_tested(
        &mut self,
        work: &mut Work<'_>,
        extension: &Extension,
        environment: &Environment,
        promised: Option<PythonVersion>,
    ) -> Result<Evidence, Stop> {
        // The interpreter loads pytest while cargo compiles. If it can't, the test run reports that: compile errors come first.
        let exposed = self.expose_dir(work, &environment.interpreter);
        let tests = &extension.tests;
        let _ = self.warm_up(work, tests, environment, Some((extension, &exposed)));
        let exposure = self.built_and_exposed(work, extension, environment, promised)?;
        let interpreter = &environment.interpreter;
        let built = Built::Extension {
            extension,
            environment,
            exposed: &exposure.dir,
            config: &exposure.config,
        };
        // The compiler repeats its messages about the library for the unit tests.
        let (suites, _) = self.test(work, built)?;
        let mut advice = exposure.advice;
        advice.extend(self.surroundings(work, environment, &suites));
        // maturin builds it anyway, so that's no reason to refuse it, although `cargo build` alone would build nothing useful.
        advice.extend(self.shadowing(work.subject, extension, interpreter, promised));
        advice.extend((!extension.makes_cdylib).then(|| {
            rules::no_cdylib::built_anyway(
                &work.subject.shown(&extension.manifest),
                &extension.crate_types,
            )
        }));
        Ok(Evidence::Tested {
            suites,
            warnings: exposure.warnings,
            advice,
            wants_tests: tests.are_expected,
        })
    }

    /// Waits until no other `wr` builds a library with this name in the same target directory.
    pub(super) fn library_lock(
        &self,
        work: &Work<'_>,
        extension: &Extension,
    ) -> Result<Box<dyn Send>, Stop> {
        let dir = self.target_dir_of(extension);
        let file = dir.join(format!("wr-{}.lock", extension.library));
        let taken = turn::take(
            self.system,
            &file,
            Step::Build,
            "another wr that is building a library with this name",
            work.cancel,
            work.emit,
        );
        match taken {
            Ok(Some(guard)) => Ok(guard),
            Ok(None) => Err(Stop::Interrupted),
            Err(error) => Err(Self::cannot_write(&dir, &error)),
        }
    }

    /// The library: the one from the last build if nothing has changed, otherwise a new one.
    pub(super) fn library(
        &mut self,
        work: &Work<'_>,
        extension: &Extension,
        interpreter: &Interpreter,
        config: &Path,
    ) -> Result<(PathBuf, Vec<String>), Stop> {
        let basis = self.build_basis(work.subject, extension, config);
        if let Some(record) = self.still_built(&basis) {
            return Ok((record.library.clone(), record.warnings.clone()));
        }
        let (library, warnings) = self.build_library(work, extension, interpreter, config)?;
        self.made_of = self.note_build(work.subject, extension, basis, &library, &warnings);
        Ok((library, warnings))
    }

    /// The last build, if another would give the same library.
    pub(super) fn still_built<'b>(&self, basis: &'b BuildBasis) -> Option<&'b BuildRecord> {
        let is_trusted = self.settings.memory == Memory::Trusted || self.is_just_built;
        let record = basis.earlier.as_ref().filter(|_| is_trusted)?;
        record.holds(self.system, &basis.key).then_some(record)
    }

    /// What a build of the subject depends on, recorded before it starts.
    pub(super) fn build_basis(
        &self,
        subject: &Subject,
        extension: &Extension,
        config: &Path,
    ) -> BuildBasis {
        let key = Key::new(&self.settings.runner)
            .and(&format!("{extension:?} {config:?}"))
            .and_env(&self.settings.env, ForWhat::Build)
            .and_toolchain(self.system, &self.settings.env)
            .finish();
        let earlier = BuildRecord::read(self.system, &self.build_file(subject));
        let known = earlier.as_ref().map(BuildRecord::inputs);
        let sources = extension.manifest.parent().unwrap_or(&subject.root);
        let near = Inputs::of_tree(self.system, sources, &is_source, known);
        // The other inputs of the last build, wherever they are, are checked too.
        let rest = known.into_iter().flat_map(Inputs::paths);
        let rest = Inputs::of_files(self.system, rest.map(Path::to_owned), known);
        BuildBasis {
            key,
            start: self.system.clock(),
            before: rest.and(near),
            earlier,
        }
    }

    /// Records a build, so that cargo isn't called again until one of its inputs changes.
    /// Returns what the library is made of, whether or not that is reliable.
    pub(super) fn note_build(
        &self,
        subject: &Subject,
        extension: &Extension,
        basis: BuildBasis,
        library: &Path,
        warnings: &[String],
    ) -> Option<MadeOf> {
        let file = self.build_file(subject);
        let known = read_dep_info(
            self.system,
            library,
            &extension.manifest,
            Some(&basis.before),
        );
        let made_of = known.as_ref().map(|known| {
            let target_dir = self.target_dir_of(extension);
            MadeOf::new(&subject.name, &known.inputs, basis.start, &target_dir)
        });
        // A file that was saved while cargo ran may or may not be in the library; in that case nothing is recorded.
        let record = known
            .filter(|known| {
                known.is_all && known.inputs.are_unchanged_since(basis.start, &basis.before)
            })
            .and_then(|known| {
                BuildRecord::new(self.system, basis.key, known.inputs, library, warnings)
            });
        match record {
            Some(record) => record.save(self.system, &file),
            None => drop(self.system.remove(&file)),
        }
        made_of
    }

    pub(crate) fn build_file(&self, subject: &Subject) -> PathBuf {
        self.dir_of(subject).join("build.json")
    }

    fn build_library(
        &mut self,
        work: &Work<'_>,
        extension: &Extension,
        interpreter: &Interpreter,
        config: &Path,
    ) -> Result<(PathBuf, Vec<String>), Stop> {
        (work.emit)(Event::Step {
            step: Step::Build,
            detail: format!("building the extension module `{}`", extension.module),
        });
        let target_dir = self.target_dir_of(extension);
        build::claim(
            self.system,
            &target_dir,
            &extension.library,
            &extension.manifest,
        )
        .map_err(|error| Self::cannot_write(&target_dir, &error))?;
        let target = Target::Extension {
            options: (&extension.options).into(),
            lacks_cdylib: !extension.makes_cdylib,
            features: extension.options.features_for(&interpreter.pep440()),
        };
        let (artifacts, warnings) = self.built(work, &extension.manifest, Some(config), &target)?;
        match artifacts.iter().find_map(loadable) {
            Some(library) => Ok((library.to_owned(), warnings)),
            None => Err(Evidence::NotBuilt {
                finding: no_cdylib(work.subject, extension),
                ran_away: false,
                output: String::new(),
            }
            .into()),
        }
    }

    /// Builds a target, or stops with the evidence of why it can't be built.
    pub(super) fn built(
        &self,
        work: &Work<'_>,
        manifest: &Path,
        config: Option<&Path>,
        target: &Target,
    ) -> Result<(Vec<Artifact>, Vec<String>), Stop> {
        let package = self.package(manifest, target.profile(), target.config());
        let target_dir = package.target_dir(&self.target_dir_for(work.subject));
        let cargo = self.cargo(work, &target_dir, config);
        match cargo.build(manifest, &work.subject.root, target) {
            Outcome::Built {
                artifacts,
                warnings,
            } => Ok((artifacts, warnings)),
            Outcome::CompileFailed(errors) => Err(Evidence::NotCompiled {
                errors,
                sources: rust_sources(self.system, manifest, work.subject),
                rustc: self.rustc_version(work),
            }
            .into()),
            Outcome::Failed {
                finding,
                blame: BuildFailureCause::Machine,
                output,
            } => Err(Evidence::NotStarted {
                finding: self.with_package(*finding),
                output: Some(("cargo".to_owned(), output)),
            }
            .into()),
            Outcome::Failed {
                finding,
                blame,
                output,
            } => Err(Evidence::NotBuilt {
                finding: *finding,
                ran_away: blame == BuildFailureCause::Runaway,
                output,
            }
            .into()),
            Outcome::Cancelled => Err(Stop::Interrupted),
        }
    }

    /// Adds to a finding about Python's library which package of this system brings it.
    fn with_package(&self, finding: Diagnostic) -> Diagnostic {
        let is_about = finding.code == *PYTHON_LIBRARY_MISSING.code();
        let version = is_about.then(|| rules::python_library_missing::version_in(&finding));
        match version.flatten() {
            Some(version) => {
                let platform = Platform::detect(self.system, &self.settings.env);
                finding.hint(rules::python_library_missing::advice(
                    version, None, &platform,
                ))
            }
            None => finding,
        }
    }

    /// Inspects the library before Python loads it, because Python's own messages would be of no help. Anything that prevents
    /// the import stops the run. Anything that prevents it elsewhere, because of the promised stable ABI, is returned.
    pub(super) fn inspect(
        &self,
        library: &Path,
        extension: &Extension,
        interpreter: &Interpreter,
        promised: Option<PythonVersion>,
    ) -> Result<Vec<Diagnostic>, Stop> {
        let bytes = self
            .system
            .read(library)
            .map_err(|error| Self::cannot_write(library, &error))?;
        let mut expected = expectation(extension, interpreter);
        if let Some(version) = promised {
            expected = expected.stable_abi(version);
        }
        let findings = match anatomy::inspect(&bytes, &expected) {
            Ok(inspection) => inspection.diagnostics,
            // Cargo says that it built the library, so if the inspector can't read it, Python decides.
            Err(error) => {
                tracing::warn!(%error, library = %library.display(), "the library cannot be read");
                return Ok(Vec::new());
            }
        };
        let (errors, mut rest): (Vec<_>, Vec<_>) = findings
            .into_iter()
            .partition(|finding| finding.severity == Severity::Error);
        if errors.is_empty() {
            rest.retain(|finding| finding.code == *OUTSIDE_STABLE_ABI.code());
            Ok(rest)
        } else {
            Err(Evidence::NotImportable { findings: errors }.into())
        }
    }

    /// The crate's tests in Rust, as `cargo test` runs them: the examples run only if the other tests pass.
    pub(super) fn rust_tests(
        &mut self,
        work: &mut Work<'_>,
        extension: &Extension,
        interpreter: &Interpreter,
        config: &Path,
    ) -> Result<Suite, Stop> {
        let units = extension.rust_tests.units.then_some(TestsOf::Library);
        let integration = extension.rust_tests.integration.iter().cloned();
        let mut suite = Suite::empty();
        for of in units
            .into_iter()
            .chain(integration.map(TestsOf::Integration))
        {
            let one = self.extension_tests(work, extension, interpreter, config, of)?;
            let is_finished = matches!(one.end, End::Finished { .. });
            merge(&mut suite, one);
            if !is_finished {
                break;
            }
        }
        if extension.rust_tests.examples && matches!(suite.end, End::Finished { status: 0 }) {
            let examples = self.extension_doctests(work, extension, interpreter, config)?;
            merge(&mut suite, examples);
        }
        Ok(suite)
    }

    fn extension_tests(
        &mut self,
        work: &Work<'_>,
        extension: &Extension,
        interpreter: &Interpreter,
        config: &Path,
        of: TestsOf,
    ) -> Result<Suite, Stop> {
        (work.emit)(Event::Step {
            step: Step::RustTests,
            detail: "building and running the crate's Rust tests".to_owned(),
        });
        let target = Target::ExtensionTests {
            of,
            options: (&extension.options).into(),
            features: extension.options.features_for(&interpreter.pep440()),
            link: crate::test::rust::link_arguments(self.system, interpreter),
        };
        let (artifacts, _) = self.built(work, &extension.manifest, Some(config), &target)?;
        let programs = artifacts.iter().filter(|artifact| artifact.is_test);
        let mut suite =
            self.run_programs(work, &extension.manifest, programs, &[], Some(interpreter))?;
        if let Some(line) = crate::test::rust::unlinked(&suite) {
            let platform = Platform::detect(self.system, &self.settings.env);
            let finding = rules::python_library_missing::finding(line, interpreter, &platform);
            suite = Suite {
                end: End::Unstartable {
                    finding: Box::new(finding),
                },
                output: suite.output,
                ..Suite::empty()
            };
        }
        Ok(suite)
    }

    fn target_dir_of(&self, extension: &Extension) -> PathBuf {
        let profile = extension.options.editable_profile.as_deref();
        let profile = profile.unwrap_or(build::PROFILE);
        self.package(&extension.manifest, profile, &extension.options.config)
            .target_dir(&self.target_dir())
    }
}

/// The library in an artifact that Python can load.
pub(super) fn loadable(artifact: &Artifact) -> Option<&Path> {
    let is_library = |file: &&PathBuf| {
        file.extension()
            .is_some_and(|found| LIBRARY_EXTENSIONS.iter().any(|known| found == *known))
    };
    let file = artifact.files.iter().find(is_library)?;
    (!artifact.is_test).then_some(file)
}

fn no_cdylib(subject: &Subject, extension: &Extension) -> Diagnostic {
    rules::no_cdylib::finding(&subject.shown(&extension.manifest), &extension.crate_types)
}

fn expectation(extension: &Extension, interpreter: &Interpreter) -> Expectation {
    let expected = interpreter.expectation().file_name(&format!(
        "{}{}",
        extension.leaf(),
        interpreter.extension_suffix()
    ));
    match extension.module.parse::<ModuleName>() {
        Ok(module) => expected.module(module),
        Err(_) => expected,
    }
}
