//! Runaway tests: whatever they do, the verdict is right and in time, and nothing is left of them.

#![cfg(unix)]

mod builds;
mod descriptors;
mod endings;
mod limits;
mod processes;
mod signals;

use serde_json::Value;
use testkit::Workshop;

/// The essentials of a verdict.
#[derive(Debug)]
struct Found {
    status: String,
    rule: String,
    whole: Value,
}

impl Found {
    /// The file and line in the first finding, if any.
    fn place(&self) -> Option<String> {
        let evidence = self.whole["diagnostics"][0]["evidence"].as_array()?;
        let location = evidence.iter().find_map(|one| one.get("location"))?;
        Some(format!(
            "{}:{}",
            location["file"].as_str()?,
            location["line"]
        ))
    }

    #[track_caller]
    fn is(&self, status: &str, rule: &str) -> &Self {
        let found = [&*self.status, &*self.rule];
        assert_eq!(found, [status, rule], "{:#}", self.whole);
        self
    }

    /// Requires a location within these lines of the test file.
    #[track_caller]
    fn within(&self, lines: std::ops::RangeInclusive<u32>) -> &Self {
        let place = self.place().unwrap_or_default();
        let is_there = lines
            .map(|line| format!("test_it.py:{line}"))
            .any(|one| one == place);
        assert!(is_there, "{place:?}: {:#}", self.whole);
        self
    }
}

/// The exercise of a workshop. Its data is stored under its name, in a directory that all tests share.
fn id(at: &Workshop) -> String {
    format!("01_away/01_{}", at.name())
}

/// Checks a pure Python exercise with these settings and this test file, in which `HERE` stands for the workshop's
/// directory. Every run is checked for leftover processes with the workshop's mark; this also looks at command lines,
/// because a process can clear its environment.
#[track_caller]
fn check(at: &Workshop, settings: &str, tests: &str) -> Found {
    let here = at.root().display().to_string();
    let id = id(at);
    at.course()
        .python_exercise(&id, &tests.replace("HERE", &here));
    at.write(format!("exercises/{id}/.wr.toml"), settings);
    let outcome = at.wr(["check", &id, "--format", "json"]).run();
    let whole = outcome.verdict();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let found = Found {
        status: word(&whole["status"]),
        rule: name_of(at, &word(&whole["diagnostics"][0]["code"])),
        whole,
    };
    outcome.status(i32::from(found.status != "solved"));
    let left = named_after(&here);
    assert!(left.is_empty(), "these are left: {left:#?}");
    found
}

/// The name of the rule with this code; empty if there is no code.
fn name_of(at: &Workshop, code: &str) -> String {
    let listed = at.wr(["explain", "--format", "json"]).run().json();
    let mut rules = listed["rules"].as_array().into_iter().flatten();
    let rule = rules.find(|rule| rule["code"] == code);
    let name = rule.and_then(|rule| rule["name"].as_str());
    name.unwrap_or_default().to_owned()
}

/// The running processes whose command line contains this string.
fn named_after(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        if line.contains(text) {
            found.push(line);
        }
    }
    found
}
