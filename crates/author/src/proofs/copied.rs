//! Copied out of the repository, the exercise works with the ordinary tools: the solution passes and the starter
//! doesn't.
//!
//! Extension modules are built by `maturin develop` and tested by pytest, in a virtual environment with exactly what
//! the exercise's manifest names. Crates are tested by cargo, pure Python by pytest, and an exercise with commands of
//! its own by those.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use engine::{BuildEnv, Command, Engine, Kind, Subject};

use crate::bench::Files;
use crate::context::ProofContext;
use crate::{AuthorError, Defect, Outcome, Proof, Report, files, program};

/// What builds an extension module if the manifest doesn't name a version.
const MATURIN: &str = "maturin>=1.9.4,<2";

const HELP: &str =
    "the tools come from the package index; without network access, leave out `--copied`";

pub(crate) fn prove(context: &ProofContext<'_>, report: &mut Report) -> Result<(), AuthorError> {
    let ids = context.solved_exercises(Proof::Copied, report);
    context.begin(Proof::Copied, ids.len() * 2);
    for id in ids {
        let Some(exercise) = context.course.exercise(&id) else {
            continue;
        };
        let subject = engine::exercise(context.config.system, context.course, exercise)?;
        let expects_solved = exercise
            .config(context.course)
            .ok()
            .and_then(|config| config.expect)
            .is_some_and(|expect| expect.status.as_deref() == Some("solved"));
        let mut defects = Vec::new();
        let states = [
            ("solution", context.bench.solved(&id)?, true),
            ("starter", context.bench.starter(&id)?, expects_solved),
        ];
        for (state, files, is_to_pass) in states {
            let way = Way::new(context, &subject)?;
            let ended = way.go(&files)?;
            context.step(format!("{id} {state}"));
            let failure = match (&ended, is_to_pass) {
                (Ok(()), false) => Some((
                    format!("copied out of the repository, the {state} passes"),
                    "the ordinary tools don't find the tests: check `testpaths` and `pythonpath` in pyproject.toml"
                        .to_owned(),
                )),
                (Err((command, output)), true) => Some((
                    format!("copied out of the repository, the {state} fails: `{command}`\n{output}"),
                    "the manifest must list everything it needs; copy the folder elsewhere and try it by hand".to_owned(),
                )),
                _ => None,
            };
            if let Some((cause, next)) = failure {
                let at = context.places.shown(exercise.dir());
                defects.push(Defect::new(Proof::Copied, at, cause, next));
            }
        }
        report.record(&id, Proof::Copied, Outcome::of(defects, ""));
    }
    let outside = &context.config.outside;
    if outside.is_dir() {
        fs::remove_dir_all(outside).map_err(AuthorError::file(outside))?;
    }
    Ok(())
}

/// A command that failed, and the end of its output.
type Failed = (String, String);

/// How one exercise is built and tested with the ordinary tools.
struct Way<'w> {
    context: &'w ProofContext<'w>,
    subject: &'w Subject,
    dir: PathBuf,
    tools: Option<BuildEnv>,
}

impl<'w> Way<'w> {
    fn new(context: &'w ProofContext<'w>, subject: &'w Subject) -> Result<Self, AuthorError> {
        let dir = context.config.workshop.join("copied");
        let mut way = Self {
            context,
            subject,
            // Outside the repository, where cargo finds no workspace above it and pytest no configuration.
            dir: context
                .config
                .outside
                .join(subject.name.rsplit('/').next().unwrap_or(&subject.name)),
            tools: None,
        };
        if subject.needs_python() {
            way.tools = Some(way.prepare_build_env(&dir)?);
        }
        Ok(way)
    }

    /// An environment for this exercise, shared with others that need the same packages.
    fn prepare_build_env(&self, dir: &Path) -> Result<BuildEnv, AuthorError> {
        let mut subject = self.subject.clone();
        if matches!(subject.kind, Kind::Extension(_)) {
            subject.requirements.wanted.push(maturin(&subject.root));
        }
        let wanted = &mut subject.requirements.wanted;
        wanted.sort();
        wanted.dedup();
        let digest = course::Digest::of_bytes(wanted.join("\n").as_bytes());
        let name: String = digest
            .to_string()
            .chars()
            .skip("blake3:".len())
            .take(12)
            .collect();
        let mut settings = self.context.config.settings.clone();
        settings.state_dir = dir.join(name);
        let mut engine = Engine::new(self.context.config.system, settings);
        let tell = self.context.config.tell;
        engine
            .prepare_build_env(&subject, self.context.config.cancel, &|event| {
                tell(crate::ProofEvent::Engine(event));
            })?
            .map_err(|verdict| crate::bench::lacking(&verdict))
    }

    fn go(&self, files: &Files) -> Result<Result<(), Failed>, AuthorError> {
        fs::create_dir_all(&self.dir)
            .and_then(|()| files::make(&self.dir, files))
            .and_then(|()| self.stand_alone())
            .map_err(AuthorError::file(&self.dir))?;
        for command in self.commands() {
            let finished = program::run(self.context.config, &command, HELP)?;
            if !program::succeeded(&finished) {
                let shown = command.to_string();
                let name = Path::new(&command.program)
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned())
                    .unwrap_or_default();
                let shown = match shown.split_once(' ') {
                    Some((_, args)) => format!("{name} {args}"),
                    None => name,
                };
                return Ok(Err((shown, program::tail(&finished, 12))));
            }
        }
        Ok(Ok(()))
    }

    /// Adds what the copy can't get elsewhere: the versions that the course has tried, and an end to cargo's search for
    /// a workspace above it.
    fn stand_alone(&self) -> std::io::Result<()> {
        let lock = self.context.places.exercises().join("Cargo.lock");
        let own = self.dir.join("Cargo.lock");
        if lock.is_file() && self.dir.join("Cargo.toml").is_file() && !own.is_file() {
            fs::copy(lock, own)?;
        }
        Ok(())
    }

    fn commands(&self) -> Vec<Command> {
        match &self.subject.kind {
            Kind::Extension(_) | Kind::Wheel(_) => {
                let mut all = vec![
                    self.tool("python").args(["-I", "-m", "maturin", "develop"]),
                    self.tool("python").args(["-I", "-m", "pytest"]),
                ];
                // Without `-I` the current directory would be importable, and an artifact left there would be tested.
                all[0] = all[0]
                    .clone()
                    .env("CARGO_INCREMENTAL", "0")
                    .env("CARGO_PROFILE_DEV_DEBUG", "0");
                all
            }
            Kind::Python(_) => vec![self.tool("python").args(["-I", "-m", "pytest"])],
            Kind::Rust(_) => vec![self.tool("cargo").arg("test")],
            Kind::Commands(commands) => commands
                .commands
                .iter()
                .map(|(program, args)| self.tool(program).args(args.iter().map(OsString::from)))
                .collect(),
        }
    }

    /// A program, to be run in the activated environment.
    fn tool(&self, name: &str) -> Command {
        let target = self.context.config.workshop.join("copied").join("target");
        let mut command = program::command(self.context.config, name, &self.dir)
            .without_env("CONDA_PREFIX")
            .without_env("PYTHONPATH")
            .env("CARGO_TARGET_DIR", target);
        if let Some(tools) = &self.tools {
            let bin = tools.python.parent().unwrap_or(&tools.dir).to_owned();
            let present = command
                .env
                .get(std::ffi::OsStr::new("PATH"))
                .cloned()
                .unwrap_or_default();
            let dirs = std::iter::once(bin).chain(std::env::split_paths(&present));
            if let Ok(path) = std::env::join_paths(dirs) {
                command = command.env("PATH", path);
            }
            command = command.env("VIRTUAL_ENV", &tools.dir);
            if name == "python" {
                command.program = tools.python.clone().into_os_string();
            }
        }
        command
    }
}

/// The build tool, as the manifest names it.
fn maturin(root: &Path) -> String {
    let named = || -> Option<String> {
        let text = fs::read_to_string(root.join("pyproject.toml")).ok()?;
        let table: toml::Table = text.parse().ok()?;
        let requires = table.get("build-system")?.get("requires")?.as_array()?;
        let mut names = requires.iter().filter_map(toml::Value::as_str);
        names
            .find(|name| name.starts_with("maturin"))
            .map(str::to_owned)
    };
    named().unwrap_or_else(|| MATURIN.to_owned())
}
