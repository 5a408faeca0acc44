//! A source project's texts, for the inspector that reads no files.

use std::path::{Path, PathBuf};

use anatomy::Expectation;
use anatomy::project::{ProjectFacts, Texts, inspect_metadata, inspect_project};

use super::bytes;
use super::directory::{self, Enter};
use super::report::{Report, Trouble, What, shown};

/// A source file is not larger; one that is stays unread, and rules that need every source are then silent.
const LARGEST_TEXT: u64 = 8 << 20;

/// A lock file of a large workspace has a few megabytes.
const LARGEST_LOCK: u64 = 64 << 20;

/// All texts of one project together.
const MOST_BYTES: u64 = 512 << 20;

/// Reads a project and judges it.
pub(super) fn read(
    target: &str,
    root: &Path,
    expected: &Expectation,
) -> Result<(Report, Vec<Trouble>), Trouble> {
    let (texts, mut troubles) = texts(root)?;
    let mut inspection = inspect_project(&texts, expected);
    let is_file = |path: &str| root.join(path).is_file();
    inspection
        .diagnostics
        .extend(inspect_metadata(&texts, &is_file));
    for broken in &inspection.facts.broken {
        troubles.push(
            Trouble::new(
                shown(&root.join(&broken.path)),
                format!("{}:{}: {}", broken.line, broken.column, broken.reason),
            )
            .help("fix the manifest at that place"),
        );
    }
    let report = Report {
        target: target.to_owned(),
        path: Some(root.to_owned()),
        what: What::Project(Box::new(inspection.facts)),
        diagnostics: inspection.diagnostics,
    };
    Ok((report, troubles))
}

/// Whether a directory is a project: a manifest lies in it.
pub(super) fn is_one(dir: &Path) -> bool {
    ["Cargo.toml", "pyproject.toml"]
        .iter()
        .any(|name| dir.join(name).is_file())
}

/// The projects below a directory that only holds them together: a workspace without a package of its own, or a directory
/// of no kind. Nothing for a directory that is a project itself.
pub(super) fn members(root: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let is_itself_one = root.join("pyproject.toml").is_file()
        || bytes::text(&root.join("Cargo.toml"), LARGEST_TEXT)
            .is_some_and(|text| !text.contains("[workspace") || text.contains("[package]"));
    if is_itself_one {
        return Ok(Vec::new());
    }
    let dirs_with = |manifest: &str| -> Result<Vec<PathBuf>, Trouble> {
        let is_it = |path: &Path| path.file_name().is_some_and(|name| name == manifest);
        let (manifests, _) = directory::files(root, Enter::Written, is_it)?;
        let dirs = manifests.iter().filter_map(|manifest| manifest.parent());
        Ok(dirs.map(Path::to_owned).collect())
    };
    let mut projects = dirs_with("pyproject.toml")?;
    projects.retain(|dir| has_crate(dir));
    let mut crates = dirs_with("Cargo.toml")?;
    // The crate of a project is part of that.
    crates.retain(|dir| {
        !projects.iter().any(|project| dir.starts_with(project)) && is_extension(dir)
    });
    projects.append(&mut crates);
    projects.sort();
    Ok(projects)
}

/// Whether there is a crate where the project in a directory has its own, or where it says.
fn has_crate(dir: &Path) -> bool {
    dir.join("Cargo.toml").is_file()
        || dir.join("rust/Cargo.toml").is_file()
        || facts_of(dir, "pyproject.toml")
            .pyproject
            .is_some_and(|pyproject| {
                pyproject.manifest_path.is_some() || pyproject.setuptools_rust.is_some()
            })
}

/// Whether the crate in a directory makes an extension. Without `pyproject.toml`, a crate that merely uses PyO3 is none.
fn is_extension(dir: &Path) -> bool {
    facts_of(dir, "Cargo.toml").cargo.is_some_and(|cargo| {
        cargo.pyo3.is_some() && cargo.crate_types.iter().any(|kind| kind == "cdylib")
    })
}

/// What one manifest alone says.
fn facts_of(dir: &Path, manifest: &str) -> ProjectFacts {
    let text = bytes::text(&dir.join(manifest), LARGEST_TEXT);
    let texts: Texts = text
        .into_iter()
        .map(|text| (manifest.to_owned(), text))
        .collect();
    inspect_project(&texts, &Expectation::new()).facts
}

fn texts(root: &Path) -> Result<(Texts, Vec<Trouble>), Trouble> {
    let (files, troubles) = directory::files(root, Enter::Written, is_telling)?;
    let mut texts = Texts::new();
    let mut unread = MOST_BYTES;
    for file in files {
        let Ok(below) = file.strip_prefix(root) else {
            continue;
        };
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let key = parts.join("/");
        if file.extension().is_some_and(|ending| ending == "py") {
            // Only that it is there matters.
            texts.insert(key, String::new());
            continue;
        }
        let most = if file.ends_with("Cargo.lock") {
            LARGEST_LOCK
        } else {
            LARGEST_TEXT
        };
        if let Some(text) = bytes::text(&file, most.min(unread)) {
            unread -= text.len() as u64;
            texts.insert(key, text);
        }
    }
    texts.extend(of_workspace(root));
    Ok((texts, troubles))
}

fn is_telling(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let ending = path.extension().unwrap_or_default();
    name == "Cargo.toml"
        || name == "Cargo.lock"
        || name == "pyproject.toml"
        || ending == "rs"
        || ending == "py"
}

/// The manifest and the lock file of the workspace that a project is a member of, which lie above it.
fn of_workspace(root: &Path) -> Texts {
    let Ok(root) = root.canonicalize() else {
        return Texts::new();
    };
    let workspace = root.ancestors().enumerate().skip(1).find(|(_, dir)| {
        bytes::text(&dir.join("Cargo.toml"), LARGEST_TEXT)
            .is_some_and(|text| text.contains("[workspace"))
    });
    let Some((up, dir)) = workspace else {
        return Texts::new();
    };
    [("Cargo.toml", LARGEST_TEXT), ("Cargo.lock", LARGEST_LOCK)]
        .into_iter()
        .filter_map(|(name, most)| {
            let text = bytes::text(&dir.join(name), most)?;
            Some((format!("{}{name}", "../".repeat(up)), text))
        })
        .collect()
}
