//! The `uv.lock` format.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Dependency, File, Lock, Origin, Package, ParseLockError, read};

pub(super) fn parse(text: &str) -> Result<Lock, ParseLockError> {
    let lock: Document = read(text)?;
    if lock.version != 1 {
        return Err(ParseLockError::Version(lock.version.to_string(), "1"));
    }
    let mut packages = Vec::with_capacity(lock.packages.len());
    let mut roots = Vec::new();
    for package in lock.packages {
        let origin = if package.source.contains_key("git") {
            Origin::Repository
        } else if ["editable", "virtual", "directory"]
            .iter()
            .any(|kind| package.source.contains_key(*kind))
        {
            Origin::Directory
        } else {
            Origin::Index
        };
        if package.source.contains_key("editable") || package.source.contains_key("virtual") {
            roots.push(packages.len());
        }
        let more = package
            .optional
            .into_values()
            .chain(package.groups.into_values())
            .flatten();
        packages.push(Package {
            name: package.name,
            version: package.version,
            markers: package.markers,
            requires_python: None,
            wheels: package.wheels.iter().filter_map(File::name).collect(),
            sdist: package.sdist.as_ref().and_then(File::name),
            origin,
            dependencies: package.dependencies.into_iter().chain(more).collect(),
        });
    }
    Ok(Lock {
        requires_python: lock.requires_python,
        packages,
        roots,
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Document {
    version: u32,
    requires_python: Option<String>,
    #[serde(default, rename = "package")]
    packages: Vec<Locked>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Locked {
    name: String,
    version: Option<String>,
    #[serde(default)]
    source: BTreeMap<String, toml::Value>,
    #[serde(default, rename = "resolution-markers")]
    markers: Vec<String>,
    sdist: Option<File>,
    #[serde(default)]
    wheels: Vec<File>,
    #[serde(default)]
    dependencies: Vec<Dependency>,
    #[serde(default, rename = "optional-dependencies")]
    optional: BTreeMap<String, Vec<Dependency>>,
    #[serde(default, rename = "dev-dependencies")]
    groups: BTreeMap<String, Vec<Dependency>>,
}
