//! JSON for programs. The book's page "JSON output" describes it. Every change that could break a reader raises
//! `schema`.

use std::io::{self, BufWriter, Write};

use author::{Moved, Places, Renumbering, Report, Scaffolded};
use course::Exercise;
use diagnostic::{Page, Rule};
use engine::{Examined, RepairOutcome, TargetReport, Verdict};
use serde::Serialize;
use serde_json::{Value, json};

use super::course::ListRow;
use super::inspect::Inspected;
use super::output;
use crate::comparison::Side;
use crate::error::CommandError;
use crate::reset::{Backup, Done};
use crate::scaffold;
use crate::solution::Solution;

/// The version of the documents below.
const SCHEMA: u32 = 2;

fn print(command: &str, document: Value) {
    output::write(&format!("{:#}\n", headed(command, document)));
}

/// A document with the keys that all documents share.
fn headed(command: &str, mut document: Value) -> Value {
    if let Value::Object(map) = &mut document {
        map.insert("schema".to_owned(), json!(SCHEMA));
        map.insert("command".to_owned(), json!(command));
    }
    document
}

/// An error on one line, since it may be the last of a watch's stream.
pub(super) fn error(error: &CommandError, status: u8) {
    let error = json!({ "message": error.message, "help": error.help, "status": status });
    output::write(&format!("{}\n", headed("error", json!({ "error": error }))));
}

pub(super) fn verdicts(command: &str, verdicts: &[Verdict], next: Option<&Exercise>) {
    let plain: Vec<Value> = verdicts.iter().map(plain_verdict).collect();
    print(
        command,
        json!({
            "verdicts": plain,
            "solved": verdicts.iter().all(Verdict::is_solved),
            "next": next.map(place),
        }),
    );
}

/// A verdict in a watch: one document in a stream, on its own line.
pub(super) fn watched(verdict: &Verdict) {
    let document = json!({
        "verdicts": [plain_verdict(verdict)],
        "solved": verdict.is_solved(),
        "next": null,
    });
    output::write(&format!("{}\n", headed("watch", document)));
}

/// A verdict without terminal colours in the tools' output.
fn plain_verdict(verdict: &Verdict) -> Value {
    let mut plain = verdict.clone();
    for output in &mut plain.output {
        // Excerpts are for people; programs get the full output.
        output.excerpt = None;
        output.text = anstream::adapter::strip_str(&output.text).to_string();
    }
    serde_json::to_value(plain).unwrap_or(Value::Null)
}

#[derive(Serialize)]
struct JsonLocation {
    chapter: String,
    exercise: String,
    path: String,
}

fn place(exercise: &Exercise) -> JsonLocation {
    JsonLocation {
        chapter: exercise.id().chapter().as_str().to_owned(),
        exercise: exercise.id().name().as_str().to_owned(),
        path: exercise.dir().display().to_string(),
    }
}

pub(super) fn list(rows: &[ListRow<'_>]) {
    let exercises: Vec<Value> = rows
        .iter()
        .map(|row| {
            let place = place(row.exercise);
            json!({
                "chapter": place.chapter,
                "exercise": place.exercise,
                "path": place.path,
                "state": row.state_name(),
                "current": row.is_current,
                "solution_seen": row.has_seen_solution,
            })
        })
        .collect();
    let solved = super::course::solved(rows);
    print(
        "list",
        json!({ "exercises": exercises, "solved": solved, "total": rows.len() }),
    );
}

pub(super) fn hint(exercise: &Exercise, text: &str, number: usize, of: usize) {
    print(
        "hint",
        json!({ "exercise": place(exercise), "hint": text.trim(), "number": number, "of": of }),
    );
}

/// What a reset has replaced.
pub(super) fn reset(done: &Done) {
    let exercises: Vec<Value> = done
        .replacements
        .iter()
        .map(|one| {
            json!({
                "exercise": place(&one.exercise),
                "source": one.source,
                "replaced": one.change.changed,
                "restored": one.change.missing,
                "moved": one.change.added,
            })
        })
        .collect();
    print(
        "reset",
        json!({ "exercises": exercises, "backup": done.backup.as_ref().map(backup) }),
    );
}

/// A new project.
pub(super) fn scaffolded_project(written: &scaffold::Scaffolded) {
    print(
        "new",
        json!({
            "path": written.dir.display().to_string(),
            "distribution": written.names.distribution(),
            "module": written.names.module(),
            "files": written.files,
        }),
    );
}

/// The backups of replaced files.
pub(super) fn backups(backups: &[Backup]) {
    let backups: Vec<Value> = backups.iter().map(backup).collect();
    print("reset", json!({ "backups": backups }));
}

fn backup(backup: &Backup) -> Value {
    json!({
        "number": backup.number,
        "path": backup.dir().display().to_string(),
        "cause": backup.cause(),
        "exercises": backup.exercises().collect::<Vec<_>>(),
        "finished": backup.is_finished(),
        "seconds_old": backup.age().as_secs(),
    })
}

/// How a solution differs from the learner's answer.
pub(super) fn solution(exercise: &Exercise, solution: &Solution) {
    let files: Vec<Value> = solution
        .differences
        .iter()
        .map(|file| {
            let hunks: Vec<Value> = file
                .hunks
                .iter()
                .map(|hunk| {
                    let lines: Vec<Value> = hunk
                        .lines
                        .iter()
                        .map(|(side, line)| {
                            let side = match side {
                                Side::Both => "both",
                                Side::Learner => "learner",
                                Side::Solution => "solution",
                            };
                            json!({ "in": side, "text": line })
                        })
                        .collect();
                    json!({ "line": hunk.line, "lines": lines })
                })
                .collect();
            json!({ "file": file.file, "hunks": hunks })
        })
        .collect();
    print(
        "solution",
        json!({ "exercise": place(exercise), "files": files, "why": solution.why.as_deref().map(str::trim) }),
    );
}

/// The findings.
pub(super) fn inspection(inspected: &Inspected<'_>) -> io::Result<()> {
    written(&super::inspect::Document::new(inspected, SCHEMA))
}

/// The answer to one of the inspector's questions.
pub(super) fn of_inspect(document: Value) -> io::Result<()> {
    written(&headed("inspect", document))
}

/// Writes a document while it's being serialised. A reader that stops early, such as `head`, has what it wants.
fn written(document: &impl Serialize) -> io::Result<()> {
    let mut to = BufWriter::new(io::stdout().lock());
    let written = serde_json::to_writer_pretty(&mut to, document)
        .map_err(io::Error::from)
        .and_then(|()| writeln!(to))
        .and_then(|()| to.flush());
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

pub(super) fn page(page: &Page) {
    print(
        "explain",
        json!({ "code": page.code, "name": page.name, "page": page.markdown }),
    );
}

pub(super) fn codes(rules: &[&Rule]) {
    let all: Vec<Value> = rules
        .iter()
        .map(|rule| json!({ "code": rule.code(), "name": rule.name(), "summary": rule.page().summary() }))
        .collect();
    print("explain", json!({ "rules": all }));
}

pub(super) fn examined(examined: &[Examined], repaired: &[RepairOutcome], place: &str) {
    let health = super::doctor::worst(examined);
    print(
        "doctor",
        json!({ "place": place, "health": health, "checks": examined, "repairs": repaired }),
    );
}

pub(super) fn rebuilds(reports: &[TargetReport], place: &str) {
    print("doctor", json!({ "place": place, "rebuilds": reports }));
}

pub(super) fn proofs(report: &Report) {
    let exercises: Vec<Value> = report
        .rows
        .iter()
        .map(|row| {
            let proofs: serde_json::Map<String, Value> = row
                .outcomes
                .iter()
                .map(|(proof, outcome)| (proof.name().to_owned(), json!(outcome)))
                .collect();
            json!({ "exercise": row.exercise, "proofs": proofs })
        })
        .collect();
    print(
        "author check",
        json!({ "exercises": exercises, "defects": report.general, "holds": report.holds() }),
    );
}

pub(super) fn scaffolded(written: &Scaffolded, moved: &[Moved]) {
    print(
        "author new",
        json!({
            "exercise": written.id,
            "package": written.package,
            "files": written.files,
            "moved": moves(moved),
        }),
    );
}

pub(super) fn renumbered(renumbering: &Renumbering, places: &Places, is_dry: bool) {
    let renamed: Vec<Value> = renumbering
        .renames
        .iter()
        .map(|(from, to)| json!({ "from": places.shown(from), "to": places.shown(to) }))
        .collect();
    let rewritten: Vec<String> = renumbering
        .rewrites
        .iter()
        .map(|file| places.shown(file))
        .collect();
    print(
        "author renumber",
        json!({
            "moved": moves(&renumbering.moved),
            "renamed": renamed,
            "rewritten": rewritten,
            "dry_run": is_dry,
        }),
    );
}

fn moves(moved: &[Moved]) -> Vec<Value> {
    moved
        .iter()
        .map(|one| json!({ "from": one.from, "to": one.to }))
        .collect()
}
