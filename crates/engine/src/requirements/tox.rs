//! What tox installs before it runs tests (tox's documentation, "Configuration", `deps`).

use std::path::Path;

use configparser::ini::Ini;
use toml::Value;

use super::{files, is_for_tests};
use crate::manifest;
use crate::system::System;

/// Adds the requirements of the environments that run tests, from `tox.toml`, `[tool.tox]` and `tox.ini`.
pub(super) fn read(
    system: &dyn System,
    root: &Path,
    wanted: &mut Vec<String>,
    locked: &mut Vec<String>,
) {
    let table = |file: &str| -> Option<toml::Table> {
        manifest::read(system, &root.join(file)).ok().flatten()
    };
    let below = |pyproject: &toml::Table| pyproject.get("tool")?.get("tox")?.as_table().cloned();
    let tables = [
        table("tox.toml"),
        table("pyproject.toml").as_ref().and_then(below),
    ];
    let mut lines: Vec<String> = tables.iter().flatten().flat_map(of_table).collect();
    if let Ok(bytes) = system.read(&root.join("tox.ini")) {
        lines.extend(of_ini(&String::from_utf8_lossy(&bytes)));
    }
    for line in lines {
        let line = line.replace("{toxinidir}/", "").replace("{tox_root}/", "");
        // The values of other references depend on how tox was called.
        if !line.contains('{') {
            files::read_line(system, root, &line, wanted, locked);
        }
    }
}

/// Whether an environment with this name runs tests: tox's own for Python versions (`py`, `py313`, `3.13`), and those named after
/// tests.
fn runs_tests(name: &str) -> bool {
    let is_version = |factor: &str| {
        let rest = ["pypy", "py"]
            .iter()
            .find_map(|prefix| factor.strip_prefix(prefix))
            .unwrap_or(factor);
        rest.chars()
            .all(|letter| letter.is_ascii_digit() || letter == '.' || letter == 't')
    };
    name.split('-').any(is_for_tests) || name.split('-').all(is_version)
}

fn of_table(tox: &toml::Table) -> Vec<String> {
    let deps = |env: &Value| -> Vec<String> {
        let list = env.get("deps").and_then(Value::as_array);
        let texts = list.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    };
    let base = tox.get("env_run_base").map(deps);
    let envs = tox.get("env").and_then(Value::as_table);
    let named = envs
        .into_iter()
        .flatten()
        .filter(|(name, _)| runs_tests(name))
        .flat_map(|(_, env)| deps(env));
    base.into_iter().flatten().chain(named).collect()
}

fn of_ini(text: &str) -> Vec<String> {
    let mut ini = Ini::new_cs();
    ini.set_multiline(true);
    let Ok(sections) = ini.read(text.to_owned()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (section, keys) in sections {
        let counts =
            section == "testenv" || section.strip_prefix("testenv:").is_some_and(runs_tests);
        if let Some(Some(deps)) = keys.get("deps").filter(|_| counts) {
            found.extend(deps.lines().filter_map(without_factor));
        }
    }
    found
}

/// A line of `deps`. A line for certain environments (`py27: mock`) is left out unless they are for tests.
fn without_factor(line: &str) -> Option<String> {
    let line = line.trim();
    let conditional = line.split_once(": ").filter(|(before, _)| {
        before
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-,.!{}_ ".contains(letter))
    });
    match conditional {
        Some((factors, requirement)) => factors
            .split(',')
            .any(|factor| is_for_tests(factor.trim()))
            .then(|| requirement.trim().to_owned()),
        None => (!line.is_empty()).then(|| line.to_owned()),
    }
}
