//! The manifests of an exercise or project, with the parts that the engine needs.

mod above;
mod cargo_toml;
mod local;
mod programs;
mod pyproject;

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

pub(crate) use above::{
    cargo_files_with_included, cargo_home, conftests, pytest_files, settings_of_user,
};
pub use cargo_toml::CargoToml;
pub(crate) use local::{has_build_script, local_packages};
pub(crate) use programs::program_names;
pub(crate) use pyproject::Feature;
pub(crate) use pyproject::requirement_name;
pub use pyproject::{Maturin, Pyproject};

use crate::system::System;

/// Why a manifest couldn't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// The file can't be read at all.
    #[error("{} can't be read: {reason}", file.display())]
    Unreadable {
        /// The manifest.
        file: PathBuf,
        /// The system's message.
        reason: String,
    },
    /// The file isn't valid TOML, or a value in it has the wrong type.
    #[error("{}:{line}:{column}: {reason}", file.display())]
    Broken {
        /// The manifest.
        file: PathBuf,
        /// The line, from 1.
        line: u32,
        /// The column in characters, from 1.
        column: u32,
        /// What is wrong there.
        reason: String,
    },
}

/// What decides which dependencies a crate gets, and with which features. Crates with different values must not be built by one call
/// of cargo, which would give each the features that any of them asks for. `None` if the manifest can't be read.
pub fn dependency_request(system: &dyn System, manifest: &Path) -> Option<String> {
    let read: CargoToml = read(system, manifest).ok()??;
    Some(read.dependency_request())
}

/// Reads a manifest; `None` if there is none.
pub(crate) fn read<T: DeserializeOwned>(
    system: &dyn System,
    file: &Path,
) -> Result<Option<T>, ManifestError> {
    let bytes = match system.read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(ManifestError::Unreadable {
                file: file.to_owned(),
                reason: error.to_string(),
            });
        }
    };
    parse(&bytes, file).map(Some)
}

/// The manifest of the workspace that a crate belongs to: the nearest one upwards with a `[workspace]`, if any. Whether the crate
/// is really a member is left to cargo.
pub(crate) fn workspace_of(system: &dyn System, manifest: &Path) -> Option<PathBuf> {
    manifest.ancestors().skip(1).find_map(|dir| {
        let file = dir.join("Cargo.toml");
        let table: toml::Table = read(system, &file).ok()??;
        table.contains_key("workspace").then_some(file)
    })
}

/// The version that the members of a crate's workspace may take over (cargo book, "The `package` table" of workspaces).
pub(crate) fn version_of_workspace(system: &dyn System, manifest: &Path) -> Option<String> {
    let table: toml::Table = read(system, &workspace_of(system, manifest)?).ok()??;
    let version = table.get("workspace")?.get("package")?.get("version")?;
    version.as_str().map(str::to_owned)
}

fn parse<T: DeserializeOwned>(bytes: &[u8], file: &Path) -> Result<T, ManifestError> {
    let broken = |offset: usize, reason: String| {
        let (line, column) = position(bytes, offset);
        ManifestError::Broken {
            file: file.to_owned(),
            line,
            column,
            reason,
        }
    };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        broken(
            error.valid_up_to(),
            "the file is not valid UTF-8".to_owned(),
        )
    })?;
    toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        broken(offset, error.message().to_owned())
    })
}

/// The line and column of a byte, counted from 1, the column in characters.
fn position(bytes: &[u8], offset: usize) -> (u32, u32) {
    let before = String::from_utf8_lossy(&bytes[..offset.min(bytes.len())]);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    (number(line), number(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: DeserializeOwned + std::fmt::Debug>(text: &[u8], expect: (u32, u32)) {
        match parse::<T>(text, Path::new("x.toml")) {
            Err(ManifestError::Broken { line, column, .. }) => assert_eq!((line, column), expect),
            other => panic!("expected a place, got {other:?}"),
        }
    }

    #[test]
    fn a_broken_manifest_names_the_place() {
        check::<CargoToml>(b"[package]\nname = \"x\nversion = 1\n", (2, 10));
        check::<CargoToml>(b"[package]\nname = 7\n", (2, 8));
        check::<Pyproject>("[project]\nname = \"é\" \"\"".as_bytes(), (2, 12));
        check::<Pyproject>(b"[project]\nname = \"\xff\"", (2, 9));
    }
}
