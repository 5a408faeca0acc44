//! The `pylock.toml` format (PEP 751).

use serde::Deserialize;

use super::{File, Lock, Origin, Package, ParseLockError, read};

pub(super) fn parse(text: &str) -> Result<Lock, ParseLockError> {
    let lock: Document = read(text)?;
    let is_known = lock.version == "1" || lock.version.starts_with("1.");
    if !is_known {
        return Err(ParseLockError::Version(lock.version, "1.0"));
    }
    let packages = lock.packages.into_iter().map(|package| {
        let archive = package.archive.as_ref().and_then(File::name);
        let is_wheel = |file: &String| file.strip_suffix(".whl").is_some();
        Package {
            name: package.name,
            version: package.version,
            markers: package.marker.into_iter().collect(),
            requires_python: package.requires_python,
            wheels: package
                .wheels
                .iter()
                .filter_map(File::name)
                .chain(archive.clone().filter(is_wheel))
                .collect(),
            sdist: package
                .sdist
                .as_ref()
                .and_then(File::name)
                .or_else(|| archive.filter(|file| !is_wheel(file))),
            origin: if package.vcs.is_some() {
                Origin::Repository
            } else if package.directory.is_some() {
                Origin::Directory
            } else {
                Origin::Index
            },
            dependencies: Vec::new(),
        }
    });
    Ok(Lock {
        requires_python: lock.requires_python,
        packages: packages.collect(),
        roots: Vec::new(),
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Document {
    #[serde(rename = "lock-version")]
    version: String,
    requires_python: Option<String>,
    packages: Vec<Locked>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Locked {
    name: String,
    version: Option<String>,
    marker: Option<String>,
    requires_python: Option<String>,
    vcs: Option<toml::Value>,
    directory: Option<toml::Value>,
    archive: Option<File>,
    sdist: Option<File>,
    #[serde(default)]
    wheels: Vec<File>,
}
