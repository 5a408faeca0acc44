//! The runs of `wr check`, each in a separate process.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::Value;

use super::list::{Project, Where};
use super::outcome::{Outcome, Outcomes, is_of_rust, junit_name};
use super::tools::Tools;
use super::{ordinary, program};

/// Longer than the limits of `wr` itself, which should end a run first.
const LIMIT: Duration = Duration::from_mins(30);

/// A run, by its position in the series.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    name: &'static str,
    arguments: &'static [&'static str],
}

/// All runs, in order. Whatever the first one learns must not change what the others report, remembered or not.
pub(super) const ALL: [Way; 4] = [
    Way {
        name: "run 1",
        arguments: &[],
    },
    Way {
        name: "run 2",
        arguments: &[],
    },
    Way {
        name: "run 3, rechecked",
        arguments: &["--recheck"],
    },
    Way {
        name: "run 4, rechecked",
        arguments: &["--recheck"],
    },
];

/// The report of `wr`.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) status: String,
    pub(super) python: Outcomes,
    pub(super) rust: Outcomes,
    pub(super) is_remembered: bool,
    pub(super) seconds: f64,
    /// The findings, each with its code.
    pub(super) findings: Vec<String>,
    /// The evidence of each, as JSON: a finding about several files names them there.
    pub(super) evidence: Vec<String>,
}

impl Way {
    pub(super) fn name(self) -> &'static str {
        self.name
    }

    pub(super) fn run(self, project: &Project, root: &Path, tools: &Tools) -> anyhow::Result<Said> {
        let dir = root.join(&project.directory);
        let mut check = match project.environment {
            // With uv, environments are created in a moment.
            Where::Own => tools.with_path(program::command(&tools.wr, &dir)),
            Where::Activated => tools.activated(&tools.wr, &ordinary::environment(tools)?, &dir),
        };
        check.args(["check", "--format", "json"]);
        if project.environment == Where::Own {
            check.arg("--python").arg(&tools.python);
        }
        check
            .args(self.arguments)
            .env("WR_STATE_DIR", tools.dir("state")?);
        if !project.arguments.is_empty() {
            check.arg("--").args(&project.arguments);
        }
        asked(
            &mut check,
            &tools.logs(&format!("{}/{}", project.name, self.name)),
        )
    }
}

/// Runs `wr check` and reads its verdict.
pub(super) fn asked(check: &mut Command, logs: &Path) -> anyhow::Result<Said> {
    let started = Instant::now();
    let ended = program::run(check, LIMIT, logs)?;
    let document: Value = serde_json::from_str(&ended.stdout)
        .with_context(|| format!("no document of `wr`: {}", ended.tail()))?;
    let Some(verdict) = document["verdicts"].get(0) else {
        bail!("no verdict: {}", ended.tail());
    };
    said(verdict, started.elapsed())
}

/// Reads a verdict.
pub(super) fn said(verdict: &Value, elapsed: Duration) -> anyhow::Result<Said> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut said = Said {
        status: text(&verdict["status"]),
        python: Outcomes::default(),
        rust: Outcomes::default(),
        is_remembered: verdict["remembered"].as_bool().unwrap_or_default(),
        seconds: elapsed.as_secs_f64(),
        findings: Vec::new(),
        evidence: Vec::new(),
    };
    for test in verdict["tests"].as_array().into_iter().flatten() {
        let id = text(&test["id"]);
        let outcome = match test["outcome"].as_str() {
            Some("passed") => Outcome::Passed,
            Some("failed") => Outcome::Failed,
            // pytest reports both the same way in its report.
            Some("skipped" | "xfailed") => Outcome::Skipped,
            other => bail!("unknown outcome: {other:?}"),
        };
        if is_of_rust(&id, test["place"]["file"].as_str()) {
            // Cargo's test names don't include the target.
            let name = id.split_once("::").map_or(id.as_str(), |(_, name)| name);
            said.rust.add(name.to_owned(), outcome);
        } else {
            said.python.add(junit_name(&id), outcome);
        }
    }
    for finding in verdict["diagnostics"].as_array().into_iter().flatten() {
        said.findings.push(format!(
            "{} {}: {}",
            text(&finding["severity"]),
            text(&finding["code"]),
            text(&finding["message"])
        ));
        said.evidence.push(finding["evidence"].to_string());
    }
    Ok(said)
}
