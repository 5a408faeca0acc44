//! The solution is formatted the way `cargo fmt` does it, and neither the compiler nor clippy warns.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::Message;
use cargo_metadata::diagnostic::DiagnosticLevel;
use course::ExerciseId;
use diagnostic::SourceLocation;
use engine::{BuildEnv, Engine};

use super::solution::jobs;
use crate::context::ProofContext;
use crate::{AuthorError, Defect, Outcome, Places, Proof, Report, program};

const INSTALL: &str = "install them: `rustup component add clippy rustfmt`";

/// How many warnings to show per exercise.
const MOST: usize = 5;

pub(crate) fn prove(context: &ProofContext<'_>, report: &mut Report) -> Result<(), AuthorError> {
    let copy = Places::of(context.bench.course());
    let mut crates = Vec::new();
    let mut tools: Option<BuildEnv> = None;
    for job in jobs(context, Proof::Clean, report)? {
        context.bench.put_into_state(&job.exercise, &job.files)?;
        let manifest = copy.exercise(&job.exercise).join("Cargo.toml");
        if !manifest.is_file() {
            let none = Outcome::not_applicable("it contains no Rust");
            report.record(&job.exercise, Proof::Clean, none);
            continue;
        }
        if tools.is_none() {
            tools = build_env(context, &job.exercise)?;
        }
        crates.push((job.exercise, manifest));
    }
    context.begin(Proof::Clean, crates.len());
    let mut defects = warnings(context, &copy, &crates, tools.as_ref())?;
    for (id, manifest) in &crates {
        context.step(id.to_string());
        let mut of_exercise = defects.remove(id).unwrap_or_default();
        of_exercise.extend(unformatted(context, id, manifest)?);
        report.record(id, Proof::Clean, Outcome::of(of_exercise, ""));
    }
    Ok(())
}

/// What cargo needs for extension modules; nothing if the exercise doesn't need Python.
fn build_env(context: &ProofContext<'_>, id: &ExerciseId) -> Result<Option<BuildEnv>, AuthorError> {
    let Some(exercise) = context.bench.course().exercise(id) else {
        return Ok(None);
    };
    let subject = engine::exercise(context.config.system, context.bench.course(), exercise)?;
    if !subject.needs_python() {
        return Ok(None);
    }
    let mut engine = Engine::new(context.config.system, context.config.settings.clone());
    let equipped = engine.prepare_build_env(&subject, context.config.cancel, &|event| {
        (context.config.tell)(crate::ProofEvent::Engine(event));
    })?;
    equipped
        .map(Some)
        .map_err(|verdict| crate::bench::lacking(&verdict))
}

fn unformatted(
    context: &ProofContext<'_>,
    id: &ExerciseId,
    manifest: &Path,
) -> Result<Option<Defect>, AuthorError> {
    let dir = manifest.parent().unwrap_or(manifest);
    let command = program::command(context.config, "cargo", dir)
        .args(["fmt", "--check", "--manifest-path"])
        .arg(manifest)
        .args(["--", "--color", "never"]);
    let finished = program::run(context.config, &command, INSTALL)?;
    if program::succeeded(&finished) {
        return Ok(None);
    }
    let diff = finished.stdout.text();
    if !diff.contains("Diff in") {
        return Err(failed("cargo fmt", &program::tail(&finished, 5)));
    }
    let shown: Vec<&str> = diff.lines().take(8).collect();
    // The copy's paths mean nothing to the author.
    let text = shown.join("\n").replace(&format!("{}/", dir.display()), "");
    Ok(Some(Defect::new(
        Proof::Clean,
        context.places.shown(&context.places.solution(id)),
        format!("the solution is not formatted\n{text}"),
        "run `rustfmt --edition 2024` on its files",
    )))
}

fn failed(what: &str, output: &str) -> AuthorError {
    AuthorError::Tool {
        message: format!("`{what}` failed: {output}"),
        help: INSTALL.to_owned(),
    }
}

/// A workspace, and what decides which dependencies a crate in it gets.
type Group = (PathBuf, Option<String>);

/// What the compiler and clippy say about the solutions, with one call for all crates of a workspace that ask for the same
/// dependencies.
fn warnings(
    context: &ProofContext<'_>,
    copy: &Places,
    crates: &[(ExerciseId, PathBuf)],
    tools: Option<&BuildEnv>,
) -> Result<BTreeMap<ExerciseId, Vec<Defect>>, AuthorError> {
    let mut groups: BTreeMap<Group, Vec<&(ExerciseId, PathBuf)>> = BTreeMap::new();
    for one in crates {
        let workspace = workspace_of(&one.1, copy.exercises());
        let dependencies = engine::dependency_request(context.config.system, &one.1);
        groups
            .entry((workspace, dependencies))
            .or_default()
            .push(one);
    }
    let mut found: BTreeMap<ExerciseId, Vec<Defect>> = BTreeMap::new();
    for ((workspace, _), members) in groups {
        let dir = workspace.parent().unwrap_or(&workspace);
        let mut command = program::command(context.config, "cargo", dir)
            .args([
                "clippy",
                "--all-targets",
                "--keep-going",
                "--message-format=json",
            ])
            .arg("--manifest-path")
            .arg(&workspace)
            .arg("--target-dir")
            .arg(context.config.workshop.join("clippy"));
        if let Some(tools) = tools {
            command.env.clone_from(&tools.cargo);
        }
        for (_, manifest) in &members {
            if let Some(name) = package_name(manifest)
                && manifest != &workspace
            {
                command = command.args(["--package", &name]);
            }
        }
        let finished = program::run(context.config, &command, INSTALL)?;
        let mut has_spoken = false;
        for line in finished.stdout.lines() {
            let Ok(message) = serde_json::from_str::<Message>(line) else {
                continue;
            };
            has_spoken = true;
            let Message::CompilerMessage(message) = message else {
                continue;
            };
            let source = PathBuf::from(&message.target.src_path);
            let owner = members
                .iter()
                .find(|(_, manifest)| manifest.parent().is_some_and(|dir| source.starts_with(dir)));
            if let Some((id, _)) = owner {
                found.entry(id.clone()).or_default().extend(defect(
                    context,
                    id,
                    &copy.exercise(id),
                    &message.message,
                ));
            }
        }
        if !program::succeeded(&finished) && !has_spoken {
            return Err(failed("cargo clippy", &program::tail(&finished, 5)));
        }
    }
    for defects in found.values_mut() {
        // A library is checked once on its own and once with its tests.
        let mut seen = BTreeSet::new();
        defects.retain(|one| seen.insert((one.at.to_string(), one.cause.clone())));
        defects.sort_by_key(|one| (one.at.line, one.at.column));
        defects.truncate(MOST);
    }
    Ok(found)
}

fn defect(
    context: &ProofContext<'_>,
    id: &ExerciseId,
    dir: &Path,
    message: &cargo_metadata::diagnostic::Diagnostic,
) -> Option<Defect> {
    let is_problem = matches!(
        message.level,
        DiagnosticLevel::Warning | DiagnosticLevel::Error | DiagnosticLevel::Ice
    );
    // A message without a location is just a count of those before it.
    let span = message.spans.iter().find(|span| span.is_primary)?;
    if !is_problem {
        return None;
    }
    let file = Path::new(&span.file_name);
    let within = file.strip_prefix(dir).unwrap_or(file);
    let tail: PathBuf = match within.iter().position(|part| part == id.name().as_str()) {
        Some(at) => within.iter().skip(at + 1).collect(),
        None => within.to_owned(),
    };
    let solved = context.places.solution(id).join(&tail);
    let at = if solved.is_file() {
        solved
    } else {
        context.places.exercise(id).join(&tail)
    };
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    let code = message
        .code
        .as_ref()
        .map_or_else(String::new, |code| format!(" ({})", code.code));
    Some(Defect::at(
        Proof::Clean,
        SourceLocation::column(
            context.places.shown(&at),
            number(span.line_start),
            number(span.column_start),
        ),
        format!("{}{code}", message.message),
        message
            .children
            .first()
            .map_or_else(|| "fix it".to_owned(), |child| child.message.clone()),
    ))
}

/// The manifest of the workspace that a crate belongs to: its own, or the exercises'.
fn workspace_of(manifest: &Path, exercises: &Path) -> PathBuf {
    let is_root = |file: &Path| {
        std::fs::read_to_string(file)
            .ok()
            .and_then(|text| text.parse::<toml::Table>().ok())
            .is_some_and(|table| table.contains_key("workspace"))
    };
    if is_root(manifest) {
        return manifest.to_owned();
    }
    let dir = manifest.parent().unwrap_or(manifest);
    dir.ancestors()
        .skip(1)
        .take_while(|dir| dir.starts_with(exercises))
        .map(|dir| dir.join("Cargo.toml"))
        .find(|file| is_root(file))
        .unwrap_or_else(|| manifest.to_owned())
}

fn package_name(manifest: &Path) -> Option<String> {
    let table: toml::Table = std::fs::read_to_string(manifest).ok()?.parse().ok()?;
    let name = table.get("package")?.get("name")?.as_str()?;
    Some(name.to_owned())
}
