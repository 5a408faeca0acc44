//! What the tests repeatedly ask about a course.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::OnceLock;

use rusqlite::Connection;
use serde_json::Value;
use testkit::Workshop;

/// The path of the learner's progress.
pub(crate) const PROGRESS: &str = "exercises/progress.db";

/// The exercises in course order, each with its state; the current one has a star.
pub(crate) fn list(workshop: &Workshop) -> Vec<String> {
    let document = workshop.wr(["list", "--format", "json"]).run().json();
    let exercises = document["exercises"].as_array().unwrap();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    exercises
        .iter()
        .map(|one| {
            let here = if one["current"] == true { "*" } else { "" };
            format!(
                "{}/{} {}{here}",
                word(&one["chapter"]),
                word(&one["exercise"]),
                word(&one["state"])
            )
        })
        .collect()
}

/// The rows of the table that both tools share, read with plain SQLite.
pub(crate) fn rows(workshop: &Workshop) -> Vec<(String, i64)> {
    let connection = Connection::open(workshop.path(PROGRESS)).unwrap();
    let mut statement = connection
        .prepare("SELECT chapter || '/' || exercise, solved FROM open_exercises ORDER BY 1")
        .unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    rows.map(Result::unwrap).collect()
}

/// The database as the existing tool creates and fills it.
pub(crate) fn existing_tool(workshop: &Workshop, rows: &[(&str, &str, bool)]) -> Connection {
    let connection = Connection::open(workshop.path(PROGRESS)).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE IF NOT EXISTS open_exercises (chapter TEXT NOT NULL, exercise TEXT NOT NULL, \
             solved INTEGER NOT NULL, PRIMARY KEY (chapter, exercise))",
        )
        .unwrap();
    for row in rows {
        connection
            .execute(
                "INSERT OR REPLACE INTO open_exercises VALUES (?1, ?2, ?3)",
                *row,
            )
            .unwrap();
    }
    connection
}

/// The exercises in a run's verdicts, each with its status.
pub(crate) fn verdicts(document: &Value) -> Vec<String> {
    let verdicts = document["verdicts"].as_array().unwrap();
    verdicts
        .iter()
        .map(|one| {
            let (exercise, status) = (&one["exercise"], &one["status"]);
            format!(
                "{} {}",
                exercise.as_str().unwrap(),
                status.as_str().unwrap()
            )
        })
        .collect()
}

/// The name of a finding's rule, according to the list in `wr explain`; nothing if there is no finding.
pub(crate) fn rule(finding: &Value) -> String {
    static NAMES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut explain = Command::new(env!("CARGO_BIN_EXE_wr"));
        let listed = explain
            .args(["explain", "--format", "json"])
            .output()
            .unwrap();
        let document: Value = serde_json::from_slice(&listed.stdout).unwrap();
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        let rules = document["rules"].as_array().unwrap();
        rules
            .iter()
            .map(|rule| (word(&rule["code"]), word(&rule["name"])))
            .collect()
    });
    finding["code"]
        .as_str()
        .map_or_else(String::new, |code| names[code].clone())
}
