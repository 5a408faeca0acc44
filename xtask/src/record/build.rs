//! Builds cases with one version of PyO3, each a package in one workspace, so that cargo starts and PyO3 is compiled only once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use serde_json::Value;
use testkit::corpus::{Case, Source};

use super::normalize;

/// The result of a build.
pub(super) struct Built {
    /// The version of PyO3.
    pub(super) pyo3: String,
    /// The errors of each case that has any, normalized.
    pub(super) errors: BTreeMap<String, Vec<Value>>,
}

/// The version of the rustc that builds.
pub(super) fn rustc_version() -> anyhow::Result<String> {
    let output = Command::new("rustc")
        .arg("--version")
        .output()
        .context("rustc cannot be run")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.split_whitespace().nth(1);
    version
        .map(str::to_owned)
        .with_context(|| format!("`{text}` names no version of rustc"))
}

/// Builds one source of each case.
pub(super) fn build(
    root: &Path,
    config: &Path,
    minor: u32,
    cases: &[&Case],
    source: impl Fn(&Case) -> &Source,
) -> anyhow::Result<Built> {
    fs::write(
        root.join("Cargo.toml"),
        "[workspace]\nmembers = [\"*\"]\nexclude = [\"target\"]\nresolver = \"3\"\n",
    )?;
    for case in cases {
        let dir = root.join(&case.name);
        let source = source(case);
        fs::create_dir_all(dir.join("src"))?;
        let manifest = source.manifest.text(&case.name, &format!("0.{minor}"));
        fs::write(dir.join("Cargo.toml"), manifest)?;
        fs::write(dir.join("src/lib.rs"), &source.text)?;
    }
    let output = Command::new("cargo")
        .args(["check", "--keep-going", "--message-format=json"])
        .current_dir(root)
        .env("PYO3_CONFIG_FILE", config)
        .env("CARGO_TARGET_DIR", root.with_file_name("target"))
        .stderr(Stdio::piped())
        .output()
        .context("cargo cannot be run")?;
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
    let Some(pyo3) = locked_pyo3(&lock) else {
        bail!(
            "cargo locked no PyO3: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    let mut errors: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        if message["reason"] != "compiler-message" || message["message"]["level"] != "error" {
            continue;
        }
        let manifest = message["manifest_path"].as_str().unwrap_or_default();
        let package = Path::new(manifest)
            .strip_prefix(root)
            .ok()
            .and_then(|path| path.iter().next())
            .and_then(|name| name.to_str());
        let Some(package) = package else {
            bail!(
                "{manifest} doesn't compile: {}",
                message["message"]["rendered"]
            );
        };
        let mut error = message["message"].clone();
        let is_count = error["message"]
            .as_str()
            .is_some_and(|text| text.starts_with("aborting due to"));
        if !is_count {
            normalize::normalize(&mut error, package);
            errors.entry(package.to_owned()).or_default().push(error);
        }
    }
    // Without an error of the compiler's, something else stopped cargo.
    if errors.is_empty() && !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(Built { pyo3, errors })
}

/// The version of PyO3 in a lock file.
fn locked_pyo3(lock: &str) -> Option<String> {
    let table: toml::Table = lock.parse().ok()?;
    let packages = table.get("package")?.as_array()?;
    let pyo3 = packages
        .iter()
        .find(|package| package.get("name").and_then(toml::Value::as_str) == Some("pyo3"))?;
    Some(pyo3.get("version")?.as_str()?.to_owned())
}
