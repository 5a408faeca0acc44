//! Describes exercises and projects from their files.

use std::path::{Path, PathBuf};
use std::time::Duration;

use course::{
    CONFTEST, Course, CourseError, Exercise, ExerciseConfig, PYTEST_SETTINGS, Verification,
};
use pep440_rs::{VersionSpecifier, VersionSpecifiers};

use super::integration;
use super::{
    Commands, DEFAULT_BUILD_LIMIT, DEFAULT_COMMAND_LIMIT, DEFAULT_TIME_LIMIT, Distribution,
    EnvironmentPolicy, Extension, Kind, PROJECT_BUILD_LIMIT, PythonTests, RustCrate, RustTests,
    Subject, WheelProject, examples, extension, search, wheel,
};
use crate::manifest::{self, CargoToml, ManifestError, Maturin, Pyproject};
use crate::requirements::{self, Requirements};
use crate::rules;
use crate::source_words::has_word;
use crate::system::{System, SystemExt};

/// Requirements of published exercises that `wr` replaces: the package that uses the extension, and build tools, unless a test runs them.
const DONE_IN_COURSE: [&str; 3] = ["maturin", "uv", "sample"];
const BUILD_TOOLS: [&str; 2] = ["maturin", "uv"];

/// The same for a project, where any other name is an ordinary package.
const DONE_IN_PROJECT: [&str; 1] = ["maturin"];

/// Why nothing can be verified.
#[derive(Debug, thiserror::Error)]
pub enum SubjectError {
    /// The course's own files are broken.
    #[error(transparent)]
    Course(#[from] CourseError),
    /// A manifest is broken.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The directory is gone or can't be read.
    #[error("{} can't be read: {reason}", dir.display())]
    Directory {
        /// The directory.
        dir: PathBuf,
        /// The system's message.
        reason: String,
    },
    /// There is nothing in it to verify.
    #[error("{} has no Cargo.toml and no Python code", dir.display())]
    Nothing {
        /// The directory.
        dir: PathBuf,
    },
}

/// Describes an exercise of a course.
pub fn exercise(
    system: &dyn System,
    course: &Course,
    exercise: &Exercise,
) -> Result<Subject, SubjectError> {
    let config = exercise.config(course)?;
    let root = exercise.dir();
    readable(system, root)?;
    let mut described = Description::read(system, root)?;
    let (kind, limit) = match &config.verification {
        Verification::Native => {
            let mut kind = described.kind(system)?;
            if let Kind::Rust(rust) = &mut kind {
                rust.builds_all_targets = !config.skips_build;
            }
            (kind, DEFAULT_TIME_LIMIT)
        }
        Verification::Commands {
            commands,
            build_first,
        } => {
            let manifest = root.join("Cargo.toml");
            let commands = Commands {
                build_first: (*build_first && system.is_file(&manifest)).then_some(manifest),
                commands: commands
                    .iter()
                    .map(|one| (one.command.clone(), one.args.clone()))
                    .collect(),
            };
            (Kind::Commands(commands), DEFAULT_COMMAND_LIMIT)
        }
    };
    let requirements = described.requirements(system, &DONE_IN_COURSE, &kind);
    Ok(Subject {
        name: exercise.id().to_string(),
        root: root.to_owned(),
        kind,
        time_limit: config.time_limit.unwrap_or(limit),
        build_time_limit: config.build_time_limit.unwrap_or(DEFAULT_BUILD_LIMIT),
        memory_limit: config.memory_limit,
        process_limit: config.process_limit,
        file_limit: config.file_limit,
        requires_python: described.requires_python(),
        requirements,
        check_tools: config.check_tools,
        tests_run_cargo: described.tests_mention(system, &["cargo", "maturin"]),
        must_pass: config
            .expect
            .as_ref()
            .and_then(|expect| expect.failing.clone())
            .unwrap_or_default(),
        settings: [root, course.root()].map(course::config_file).to_vec(),
        tampered: tampered(exercise, &config),
        has_hints: !config.hints.is_empty(),
        knows_python: described.knows_python(system),
        environment: EnvironmentPolicy::Kept,
    })
}

fn tampered(exercise: &Exercise, config: &ExerciseConfig) -> Vec<diagnostic::Diagnostic> {
    exercise
        .changed_protected_files(config)
        .iter()
        .map(|changed| rules::tests_changed::finding(changed, exercise.dir()))
        .collect()
}

/// Whether a crate calls Python's C API, directly or through PyO3.
fn uses_python(cargo: &CargoToml) -> bool {
    cargo.depends_on("pyo3") || cargo.depends_on("pyo3-ffi")
}

/// Whether a directory contains a project that maturin builds. An unreadable manifest counts as none.
pub fn is_project(system: &dyn System, root: &Path) -> bool {
    match manifest::read::<Pyproject>(system, &root.join("pyproject.toml")) {
        Ok(Some(pyproject)) => pyproject.names_maturin(),
        Ok(None) => false,
        // A broken manifest next to a crate is probably meant as a project, so the error gets reported.
        Err(_) => system.is_file(&root.join("Cargo.toml")),
    }
}

/// Describes a project that maturin builds.
pub fn project(
    system: &dyn System,
    root: &Path,
    pytest_args: &[String],
) -> Result<Subject, SubjectError> {
    readable(system, root)?;
    let mut described = Description::read(system, root)?;
    described.pytest_args = pytest_args.to_vec();
    described.is_course = false;
    let named = described.pyproject.as_ref().and_then(Pyproject::name);
    let name = named.map_or_else(
        || {
            root.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        },
        str::to_owned,
    );
    let kind = described.kind(system)?;
    let requirements = described.requirements(system, &DONE_IN_PROJECT, &kind);
    Ok(Subject {
        name,
        root: root.to_owned(),
        kind,
        time_limit: Duration::from_mins(10),
        build_time_limit: PROJECT_BUILD_LIMIT,
        memory_limit: None,
        process_limit: None,
        file_limit: None,
        requires_python: described.requires_python(),
        requirements,
        check_tools: false,
        // An author's own tests come with their own set-up.
        tests_run_cargo: false,
        must_pass: Vec::new(),
        settings: Vec::new(),
        tampered: Vec::new(),
        has_hints: false,
        knows_python: true,
        environment: EnvironmentPolicy::OwnFirst,
    })
}

fn readable(system: &dyn System, dir: &Path) -> Result<(), SubjectError> {
    system
        .list(dir)
        .map(drop)
        .map_err(|error| SubjectError::Directory {
            dir: dir.to_owned(),
            reason: error.to_string(),
        })
}

/// The Python versions that suit every exercise of a course whose manifests can be read. An unreadable manifest is reported when
/// its exercise is verified.
pub fn python_of_course(system: &dyn System, course: &Course) -> Option<VersionSpecifiers> {
    let all: Vec<VersionSpecifier> = course
        .exercises()
        .iter()
        .filter_map(|exercise| {
            let described = Description::read(system, exercise.dir()).ok()?;
            Some(described.requires_python()?.1)
        })
        .flat_map(|required| required.iter().cloned().collect::<Vec<_>>())
        .collect();
    (!all.is_empty()).then(|| all.into_iter().collect())
}

/// The manifests of a directory, read once.
struct Description<'a> {
    root: &'a Path,
    pyproject: Option<Pyproject>,
    /// The manifest of the Python package that uses the extension.
    sample: Option<Pyproject>,
    cargo_file: PathBuf,
    cargo: Option<CargoToml>,
    pytest_args: Vec<String>,
    /// Whether it's an exercise of a course, not a project.
    is_course: bool,
}

impl<'a> Description<'a> {
    fn read(system: &dyn System, root: &'a Path) -> Result<Self, ManifestError> {
        let pyproject: Option<Pyproject> = manifest::read(system, &root.join("pyproject.toml"))?;
        let sample = manifest::read(system, &root.join("sample").join("pyproject.toml"))?;
        let none = Pyproject::default();
        let cargo_file =
            extension::crate_manifest(system, root, pyproject.as_ref().unwrap_or(&none));
        let cargo = manifest::read(system, &cargo_file)?;
        Ok(Self {
            root,
            pyproject,
            sample,
            cargo_file,
            cargo,
            pytest_args: Vec::new(),
            is_course: true,
        })
    }

    fn kind(&mut self, system: &dyn System) -> Result<Kind, SubjectError> {
        let tests = self.python_tests(system);
        let Some(cargo) = &self.cargo else {
            let is_python = !search::files(system, self.root, &search::is_python).is_empty();
            return is_python
                .then_some(Kind::Python(tests))
                .ok_or_else(|| SubjectError::Nothing {
                    dir: self.root.to_owned(),
                });
        };
        let pyproject = self.pyproject.clone().unwrap_or_default();
        let is_extension =
            pyproject.names_maturin() || (cargo.makes_cdylib() && uses_python(cargo));
        let crate_dir = self.cargo_file.parent().unwrap_or(self.root);
        let rust = RustCrate {
            has_doctests: examples::are_run(system, crate_dir, cargo),
            manifest: self.cargo_file.clone(),
            builds_all_targets: false,
            embeds_python: !is_extension && uses_python(cargo),
        };
        if !is_extension {
            return Ok(Kind::Rust(rust));
        }
        if pyproject.names_maturin()
            && let Some(bindings) = wheel::bindings(system, &self.cargo_file, cargo, &pyproject)
        {
            return Ok(Kind::Wheel(WheelProject {
                bindings,
                tests: PythonTests {
                    // maturin packages them with the rest.
                    paths: Vec::new(),
                    ..tests
                },
                has_rust_tests: rust.has_doctests
                    || search::has_unit_tests(system, crate_dir)
                    || !integration::tests(system, crate_dir, cargo, &pyproject).is_empty(),
                rust,
                tools: pyproject.build_requires().to_vec(),
            }));
        }
        let python_root = extension::python_root(system, self.root, &pyproject);
        let nothing = || SubjectError::Nothing {
            dir: self.root.to_owned(),
        };
        let module =
            extension::module_name(system, cargo, &pyproject, &python_root).ok_or_else(nothing)?;
        let package = module.split('.').next().unwrap_or_default();
        // On macOS cargo alone can't link the library that Python loads, and would have to for integration tests and examples.
        let is_linked_by_cargo = !(cfg!(target_os = "macos") && cargo.makes_cdylib());
        Ok(Kind::Extension(Box::new(Extension {
            manifest: self.cargo_file.clone(),
            package: cargo.package_name().map(str::to_owned),
            library: cargo.library_name().ok_or_else(nothing)?,
            distribution: Distribution::of(&pyproject, cargo, || {
                manifest::version_of_workspace(system, &self.cargo_file)
            }),
            is_alone: !system.is_dir(&python_root.join(package)),
            module,
            makes_cdylib: cargo.makes_cdylib(),
            crate_types: cargo.crate_types().to_vec(),
            options: pyproject
                .maturin()
                .cloned()
                .unwrap_or_else(Maturin::default),
            rust_tests: RustTests {
                units: search::has_unit_tests(system, crate_dir),
                integration: if is_linked_by_cargo {
                    integration::tests(system, crate_dir, cargo, &pyproject)
                } else {
                    Vec::new()
                },
                examples: rust.has_doctests && is_linked_by_cargo,
            },
            tests,
        })))
    }

    /// The Python tests: pytest starts in the root and finds them as usual, with the packages in the tree importable.
    fn python_tests(&self, system: &dyn System) -> PythonTests {
        let none = Pyproject::default();
        let pyproject = self.pyproject.as_ref().unwrap_or(&none);
        let mut paths = Vec::new();
        let python_root = extension::python_root(system, self.root, pyproject);
        // A project's packages are where maturin installs them from; anything else is left to pytest.
        let in_course: &[&str] = if self.is_course {
            &["sample/src", "sample", "src"]
        } else {
            &[]
        };
        for dir in in_course {
            let dir = self.root.join(dir);
            if holds_packages(system, &dir) {
                paths.push(dir);
            }
        }
        let is_installed = match &self.cargo {
            Some(cargo) if !self.is_course => {
                let module = extension::module_name(system, cargo, pyproject, &python_root);
                let package = module.as_deref().and_then(|name| name.split('.').next());
                package.is_some_and(|package| system.is_dir(&python_root.join(package)))
            }
            _ => holds_packages(system, &python_root),
        };
        if !paths.contains(&python_root) && is_installed {
            paths.push(python_root);
        }
        // In a course, nothing counts as correct without a test.
        let are_expected = self.is_course
            || !self.pytest_args.is_empty()
            || pyproject.configures_pytest()
            || PYTEST_SETTINGS
                .iter()
                .any(|name| system.is_file(&self.root.join(name)))
            || search::has_files_like_tests(system, self.root);
        PythonTests {
            root: self.root.to_owned(),
            paths,
            args: self.pytest_args.clone(),
            are_expected,
        }
    }

    /// Whether it has anything to do with Python: a Python manifest or file, or a crate that depends on PyO3.
    fn knows_python(&self, system: &dyn System) -> bool {
        self.pyproject.is_some()
            || self.sample.is_some()
            || self.cargo.as_ref().is_some_and(uses_python)
            || !search::files(system, self.root, &search::is_python).is_empty()
    }

    fn requires_python(&self) -> Option<(PathBuf, VersionSpecifiers)> {
        let of = |manifest: &Option<Pyproject>, file: &str| {
            let required = manifest.as_ref()?.requires_python()?.clone();
            Some((self.root.join(file), required))
        };
        of(&self.pyproject, "pyproject.toml").or_else(|| of(&self.sample, "sample/pyproject.toml"))
    }

    /// Whether an exercise's tests seem to run a build tool: its Python files mention it.
    fn tests_run(&self, system: &dyn System, tool: &str) -> bool {
        self.is_course && BUILD_TOOLS.contains(&tool) && self.tests_mention(system, &[tool])
    }

    fn tests_mention(&self, system: &dyn System, tools: &[&str]) -> bool {
        search::any_text(system, self.root, &search::is_python, &|text| {
            tools.iter().any(|tool| has_word(text, tool))
        })
    }

    /// What has to be installed for the tests, except what `wr` does itself.
    fn requirements(&self, system: &dyn System, done_by_wr: &[&str], kind: &Kind) -> Requirements {
        let own: Vec<String> = [&self.pyproject, &self.sample]
            .into_iter()
            .flatten()
            .filter_map(Pyproject::name)
            .map(anatomy::normalized_distribution)
            .collect();
        let mut all = Requirements::default();
        let sample = self.root.join("sample");
        for (manifest, dir) in [(&self.pyproject, self.root), (&self.sample, &*sample)] {
            let Some(manifest) = manifest else { continue };
            let of_one = requirements::of_project(system, dir, manifest);
            all.wanted.extend(of_one.wanted);
            // The lock files of exercises are only for using them outside the course.
            if !self.is_course {
                all.locked.extend(of_one.locked);
                all.lock_file = all.lock_file.or(of_one.lock_file);
            }
        }
        // The packages in the tree itself are exposed, not installed.
        all.wanted.retain(|text| {
            let name = manifest::requirement_name(text);
            let is_done = done_by_wr.contains(&name.as_str()) && !self.tests_run(system, &name);
            !own.contains(&name) && !is_done
        });
        if let Kind::Wheel(project) = kind {
            all.wanted.extend(project.tools.iter().cloned());
        }
        all.wanted.sort();
        all.wanted.dedup();
        all
    }
}

fn holds_packages(system: &dyn System, dir: &Path) -> bool {
    system.list(dir).unwrap_or_default().iter().any(|entry| {
        let is_module = entry.path.extension().is_some_and(|ending| ending == "py")
            && entry
                .path
                .file_name()
                .is_some_and(|name| name != CONFTEST && name != "setup.py");
        is_module || system.is_file(&entry.path.join("__init__.py"))
    })
}
