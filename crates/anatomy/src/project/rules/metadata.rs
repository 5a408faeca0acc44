//! The project's metadata is invalid, so maturin, pip or uv refuse it.
//!
//! `cargo build` doesn't check any of this, so the library builds and its tests pass. Building a wheel does: a readme
//! or licence file that `pyproject.toml` names has to exist, and every tool has to be able to read `pyproject.toml`
//! itself.
//!
//! ## Example
//!
//! ```text
//! 💥 maturin failed
//!   Caused by: Failed to read readme specified in pyproject.toml, which should be at /project/README.md
//! ```
//!
//! Other examples: a version that isn't a valid Python version; `license-files` as a list, which maturin supports since
//! 1.8.2; a byte order mark at the start of `pyproject.toml`, which breaks pip and pytest but not maturin:
//!
//! ```text
//! ERROR: /project/pyproject.toml: Invalid statement (at line 1, column 1)
//! ```
//!
//! ## What to do
//!
//! Create the file that the finding names, or remove the line that refers to it. Save a file with a byte order mark as
//! "UTF-8", without the mark. `maturin build` shows whether there are any problems left.
//!
//! ## Where it is specified
//!
//! The packaging specifications under
//! [Declaring project metadata](https://packaging.python.org/en/latest/specifications/pyproject-toml/), with
//! [PEP 639](https://peps.python.org/pep-0639/) for licences; TOML, which is UTF-8 without a mark in Python's `tomllib`.

use std::str::FromStr;

use diagnostic::{Diagnostic, Evidence, Rule, Severity, SourceLocation};
use pep440_rs::{Version, VersionSpecifiers};
use toml::{Table, Value};

use super::Project;
use crate::project::paths::{directory, join};

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new("WR0225", "metadata-refused", include_str!("metadata.rs"));

const PYPROJECT: &str = "pyproject.toml";

/// The first maturin that reads `license-files` as a list of patterns.
const LICENSE_FILES_SINCE: [u64; 3] = [1, 8, 2];

pub(super) fn check(project: &Project<'_>, is_file: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    let text = project.texts.get(PYPROJECT).map_or("", String::as_str);
    let Ok(pyproject) = text.trim_start_matches('\u{feff}').parse::<Table>() else {
        return Vec::new();
    };
    let metadata = pyproject.get("project");
    [
        byte_order_mark(text),
        missing_file(project, metadata, "readme", is_file),
        missing_file(project, metadata, "license", is_file),
        readme_of_crate(project, is_file),
        license_files(project, &pyproject),
        version(project, metadata),
    ]
    .into_iter()
    .flatten()
    .map(|finding| finding.severity(Severity::Warning))
    .collect()
}

fn byte_order_mark(text: &str) -> Option<Diagnostic> {
    text.starts_with('\u{feff}').then(|| {
        RULE.finding("pyproject.toml starts with a byte order mark, which pip, uv and pytest refuse")
            .because(Evidence::at_text(
                SourceLocation::line(PYPROJECT, 1),
                "the file starts with the bytes EF BB BF",
            ))
            .hint("save the file as UTF-8 without a byte order mark (editors call the variant with a mark `UTF-8 with \
                   BOM`)")
    })
}

/// A file that `key` names, as a string or as `{ file = … }`, and that doesn't exist.
fn missing_file(
    project: &Project<'_>,
    metadata: Option<&Value>,
    key: &str,
    is_file: &dyn Fn(&str) -> bool,
) -> Option<Diagnostic> {
    let value = metadata?.get(key)?;
    // A licence given as a string is an expression, not a file.
    let named = match value {
        Value::String(named) if key == "readme" => named,
        Value::Table(table) => table.get("file")?.as_str()?,
        _ => return None,
    };
    if is_file(&join("", named)) {
        return None;
    }
    Some(missing(named, PYPROJECT, key).because(project.key(PYPROJECT, "project", key)))
}

/// maturin also reads the readme that the crate's manifest names.
fn readme_of_crate(project: &Project<'_>, is_file: &dyn Fn(&str) -> bool) -> Option<Diagnostic> {
    let manifest = project.manifest();
    let table: Table = project.texts.get(manifest)?.parse().ok()?;
    let named = table.get("package")?.get("readme")?.as_str()?;
    if is_file(&join(directory(manifest), named)) {
        return None;
    }
    Some(missing(named, manifest, "readme").because(project.key(manifest, "package", "readme")))
}

fn missing(named: &str, manifest: &str, key: &str) -> Diagnostic {
    RULE.finding(format!(
        "it builds here, but not as a wheel: `{named}`, which {manifest} names as its `{key}`, doesn't exist"
    ))
    .hint(format!(
        "create `{named}`, or remove `{key}` from {manifest}"
    ))
}

fn license_files(project: &Project<'_>, pyproject: &Table) -> Option<Diagnostic> {
    let patterns = pyproject.get("project")?.get("license-files")?.as_array()?;
    let evidence = || project.key(PYPROJECT, "project", "license-files");
    let outside = patterns
        .iter()
        .filter_map(Value::as_str)
        .find(|pattern| pattern.split('/').any(|part| part == ".."));
    if let Some(pattern) = outside {
        return Some(
            RULE.finding(format!(
                "it builds here, but not as a wheel: `{pattern}` in `license-files` points outside the project"
            ))
            .because(evidence())
            .hint("copy the licence into the project, and refer to that copy"),
        );
    }
    let requires = pyproject.get("build-system")?.get("requires")?.as_array()?;
    let maturin = requires
        .iter()
        .filter_map(Value::as_str)
        .find_map(|text| text.trim().strip_prefix("maturin"))?;
    let specifiers = VersionSpecifiers::from_str(maturin.split(';').next()?.trim()).ok()?;
    if admits_any_since(&specifiers, LICENSE_FILES_SINCE) {
        return None;
    }
    Some(
        RULE.finding(format!(
            "it builds here, but not as a wheel: maturin{specifiers} doesn't support `license-files` as a list"
        ))
        .because(evidence())
        .because(project.key(PYPROJECT, "build-system", "requires"))
        .hint("require `maturin>=1.8.2,<2` under `[build-system] requires`"),
    )
}

/// Whether any maturin release from `oldest` on is allowed. The actual releases aren't known here, so all possible ones
/// are tried.
fn admits_any_since(specifiers: &VersionSpecifiers, oldest: [u64; 3]) -> bool {
    let later = (1..=3).flat_map(|major| (0..60).map(move |minor| (major, minor)));
    later
        .flat_map(|(major, minor)| (0..20).map(move |patch| [major, minor, patch]))
        .filter(|version| *version >= oldest)
        .any(|version| specifiers.contains(&Version::new(version)))
}

fn version(project: &Project<'_>, metadata: Option<&Value>) -> Option<Diagnostic> {
    let metadata = metadata?;
    let at = || project.key(PYPROJECT, "project", "version");
    if let Some(version) = metadata.get("version").and_then(Value::as_str) {
        let error = Version::from_str(version).err()?;
        return Some(
            RULE.finding(format!(
                "it builds here, but not as a wheel: `{version}` isn't a valid Python package version"
            ))
            .because(at())
            .because(Evidence::output("PEP 440", error.to_string()))
            .hint("write a version such as `0.1.0`, `0.1.0a1` or `0.1.0.dev1`"),
        );
    }
    let is_dynamic = metadata
        .get("dynamic")
        .and_then(Value::as_array)
        .is_some_and(|keys| keys.iter().any(|key| key.as_str() == Some("version")));
    if is_dynamic || metadata.get("name").is_none() {
        return None;
    }
    Some(
        RULE.finding("pyproject.toml has no version, which maturin warns about and uv refuses")
            .because(project.key(PYPROJECT, "project", "name"))
            .hint("write `version = \"…\"` under `[project]`, or `dynamic = [\"version\"]` to use the crate's"),
    )
}
