//! uv doesn't notice that the Rust code has changed.
//!
//! `uv run` and `uv sync` only rebuild a project when one of its `cache-keys` has changed. By default that's just
//! `pyproject.toml`, so after you edit the Rust code, `uv run pytest` still tests the old extension, without any
//! message.
//!
//! ## Example
//!
//! ```console
//! $ uv run pytest        # builds the extension
//! $ $EDITOR src/lib.rs
//! $ uv run pytest        # tests the old extension
//! ```
//!
//! ## What to do
//!
//! Add the Rust sources to `cache-keys` in `pyproject.toml`:
//!
//! ```toml
//! [tool.uv]
//! cache-keys = [{ file = "pyproject.toml" }, { file = "Cargo.toml" }, { file = "src/**/*.rs" }]
//! ```
//!
//! For a one-off rebuild, use `uv run --reinstall-package NAME pytest`.
//!
//! ## Where it is specified
//!
//! uv's settings, [`cache-keys`](https://docs.astral.sh/uv/reference/settings/#cache-keys).

use diagnostic::{Diagnostic, Evidence, Rule, Severity, SourceLocation};
use toml::{Table, Value};

use super::Project;
use crate::project::paths::directory;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new("WR0227", "uv-cache-keys", include_str!("uv_cache.rs"));

const PYPROJECT: &str = "pyproject.toml";

/// Files that only exist in a project that uses uv, or in an environment that uv created for it.
const SIGNS: [&str; 2] = ["uv.lock", ".venv/pyvenv.cfg"];

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let pyproject: Table = project.texts.get(PYPROJECT)?.parse().ok()?;
    if !project.facts.pyproject.as_ref()?.is_maturin() {
        return None;
    }
    let uv = pyproject.get("tool").and_then(|tool| tool.get("uv"));
    let is_sign = |path: &&str| {
        project.texts.get(*path).is_some_and(|text| {
            // Every environment has a `pyvenv.cfg`; uv writes its version there.
            *path != ".venv/pyvenv.cfg" || text.lines().any(|line| line.starts_with("uv ="))
        })
    };
    let sign = match uv {
        Some(_) => PYPROJECT,
        None => SIGNS.into_iter().find(is_sign)?,
    };
    let is_package = uv
        .and_then(|uv| uv.get("package"))
        .and_then(Value::as_bool)
        .unwrap_or(true);
    let keys = uv.and_then(|uv| uv.get("cache-keys"));
    if !is_package || keys.is_some_and(notices_rust) {
        return None;
    }
    let crate_dir = directory(project.manifest());
    let prefix = if crate_dir.is_empty() {
        String::new()
    } else {
        format!("{crate_dir}/")
    };
    let line = format!(
        "cache-keys = [{{ file = \"pyproject.toml\" }}, {{ file = \"{prefix}Cargo.toml\" }}, {{ file = \"{prefix}src/**/*.rs\" }}]"
    );
    Some(
        RULE.finding("`uv run` doesn't notice changes to the Rust code, and tests the old build of the extension")
            .severity(Severity::Warning)
            .because(match (keys, sign) {
                (Some(_), _) => project.key(PYPROJECT, "tool.uv", "cache-keys"),
                (None, sign) => Evidence::at_text(
                    SourceLocation::file(sign),
                    "uv is used here, but no `cache-keys` entry covers the Rust sources",
                ),
            })
            .hint(format!(
                "write `{line}` under `[tool.uv]` in pyproject.toml"
            )),
    )
}

/// Whether a key changes with the Rust sources: a pattern that matches them, or the repository's state.
fn notices_rust(keys: &Value) -> bool {
    let Some(keys) = keys.as_array() else {
        return true;
    };
    keys.iter().any(|key| match key {
        Value::String(file) => matches_rust(file),
        Value::Table(table) => table.iter().any(|(kind, value)| match kind.as_str() {
            "file" => value.as_str().is_some_and(matches_rust),
            // A commit, or a variable set by a script: the author has thought about it.
            kind => kind != "dir",
        }),
        _ => true,
    })
}

fn matches_rust(pattern: &str) -> bool {
    let (_, ending) = pattern.rsplit_once('.').unwrap_or_default();
    ending == "rs" || pattern.ends_with('*')
}
