//! Lock files: for each package that is locked, whether there's a wheel for a Python on a system.
//!
//! `uv.lock` and `pylock.toml` (PEP 751) list the files of each package by name, so nothing else is needed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

use super::Host;
use super::markers::holds;
use super::rules::{no_wheel, python_not_admitted};
use crate::names::normalized_distribution;
use crate::wheel::WheelName;

/// No longer file is read; locks of large projects have some megabytes.
const LONGEST: usize = 64 << 20;

/// A lock file, read.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    requires_python: Option<String>,
    packages: Vec<Package>,
    /// The packages that the project itself consists of, by their place in the list.
    roots: Vec<usize>,
}

/// The text isn't a lock file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseLockError {
    /// It isn't TOML, or lacks what a lock file has.
    #[error("it can't be read as a lock file: {0}")]
    Broken(String),
    /// It's of a format that came later.
    #[error("its format has version {0}, and only version {1} is known")]
    Version(String, &'static str),
    /// It's too long.
    #[error("it has more than {LONGEST} bytes")]
    TooLong,
}

#[derive(Debug, Clone, Default)]
struct Package {
    name: String,
    version: Option<String>,
    /// One of them has to hold, where there are any.
    markers: Vec<String>,
    requires_python: Option<String>,
    wheels: Vec<String>,
    sdist: Option<String>,
    origin: Origin,
    dependencies: Vec<Dependency>,
}

/// Where a package comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An index, which has files of it.
    #[default]
    Index,
    /// A directory on disk: the project itself, or one beside it.
    Directory,
    /// A repository.
    Repository,
}

#[derive(Debug, Clone, Deserialize)]
struct Dependency {
    name: String,
    version: Option<String>,
    marker: Option<String>,
}

/// A package of a lock file, for one Python on one system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockedPackage {
    /// Its name.
    pub name: String,
    /// Its version, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What an installer does for it.
    #[serde(flatten)]
    pub installs: Installs,
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
}

/// What an installer does for a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "installs", rename_all = "snake_case")]
pub enum Installs {
    /// It installs a wheel.
    Wheel {
        /// The wheel's file name.
        file: String,
        /// Whether it's for every platform.
        is_pure: bool,
    },
    /// It builds the package from source.
    Source {
        /// The source's file name; nothing for directories and repositories.
        #[serde(skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        /// Where the source comes from.
        origin: Origin,
    },
    /// It gives up.
    Nothing,
}

/// The packages of a lock file, for one Python on one system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockAnswer {
    /// What is wrong with the file as a whole: it excludes the Python.
    pub findings: Vec<Diagnostic>,
    /// The packages that this Python and system need, sorted by name.
    pub packages: Vec<LockedPackage>,
    /// How many other packages are locked for other Pythons and systems alone.
    pub left_out: usize,
}

impl Lock {
    /// Reads a `uv.lock`.
    ///
    /// # Errors
    ///
    /// A [`ParseLockError`] when the text isn't one.
    pub fn parse_uv(text: &str) -> Result<Self, ParseLockError> {
        let lock: uv::Lock = read(text)?;
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
        Ok(Self {
            requires_python: lock.requires_python,
            packages,
            roots,
        })
    }

    /// Reads a `pylock.toml`.
    ///
    /// # Errors
    ///
    /// A [`ParseLockError`] when the text isn't one.
    pub fn parse_pylock(text: &str) -> Result<Self, ParseLockError> {
        let lock: pylock::Lock = read(text)?;
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
        Ok(Self {
            requires_python: lock.requires_python,
            packages: packages.collect(),
            roots: Vec::new(),
        })
    }

    /// What an installer does for each package that a Python on a system needs.
    pub fn judge(&self, host: &Host) -> LockAnswer {
        let needed = self.needed(host);
        let mut packages: Vec<LockedPackage> = needed
            .iter()
            .filter_map(|index| self.packages.get(*index))
            .map(|package| package.judge(host))
            .collect();
        packages.sort_by(|one, other| {
            (normalized_distribution(&one.name), &one.version)
                .cmp(&(normalized_distribution(&other.name), &other.version))
        });
        LockAnswer {
            findings: self
                .requires_python
                .as_deref()
                .and_then(|required| python_not_admitted::check(required, "the lock file", host))
                .into_iter()
                .collect(),
            left_out: self
                .packages
                .len()
                .saturating_sub(needed.len())
                .saturating_sub(self.roots.len()),
            packages,
        }
    }

    /// The packages that a Python on a system needs, by their places; those of the project itself are left out.
    fn needed(&self, host: &Host) -> BTreeSet<usize> {
        let may_hold = |marker: &str| holds(marker, host.python(), host.system()) != Some(false);
        let is_for = |package: &Package| {
            package.markers.is_empty() || package.markers.iter().any(|marker| may_hold(marker))
        };
        if self.roots.is_empty() {
            return self
                .packages
                .iter()
                .enumerate()
                .filter(|(_, package)| is_for(package))
                .map(|(index, _)| index)
                .collect();
        }
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, package) in self.packages.iter().enumerate() {
            by_name.entry(&package.name).or_default().push(index);
        }
        let mut found: BTreeSet<usize> = self.roots.iter().copied().collect();
        let mut next: VecDeque<usize> = self.roots.iter().copied().collect();
        while let Some(package) = next.pop_front().and_then(|index| self.packages.get(index)) {
            for dependency in &package.dependencies {
                if dependency
                    .marker
                    .as_deref()
                    .is_some_and(|marker| !may_hold(marker))
                {
                    continue;
                }
                for index in by_name.get(dependency.name.as_str()).into_iter().flatten() {
                    let Some(one) = self.packages.get(*index) else {
                        continue;
                    };
                    let is_meant = match &dependency.version {
                        Some(_) => dependency.version == one.version,
                        None => is_for(one),
                    };
                    if is_meant && found.insert(*index) {
                        next.push_back(*index);
                    }
                }
            }
        }
        for root in &self.roots {
            found.remove(root);
        }
        found
    }
}

impl Package {
    fn judge(&self, host: &Host) -> LockedPackage {
        let names: Vec<(&str, WheelName)> = self
            .wheels
            .iter()
            .filter_map(|file| Some((file.as_str(), file.parse::<WheelName>().ok()?)))
            .collect();
        let best = names
            .iter()
            .filter_map(|(file, name)| Some((host.tags().best(&name.tags)?, file)))
            .min_by_key(|((rank, _), _)| *rank);
        let package = match &self.version {
            Some(version) => format!("{} {version}", self.name),
            None => self.name.clone(),
        };
        let mut findings: Vec<Diagnostic> = self
            .requires_python
            .as_deref()
            .and_then(|required| python_not_admitted::check(required, &package, host))
            .into_iter()
            .collect();
        let has_source = self.sdist.is_some() || self.origin != Origin::Index;
        let installs = match best {
            Some(((_, tag), file)) => Installs::Wheel {
                file: (*file).to_owned(),
                is_pure: tag.platform == "any",
            },
            None if has_source => Installs::Source {
                file: self.sdist.clone(),
                origin: self.origin,
            },
            None => Installs::Nothing,
        };
        // A directory or repository never has wheels, and is known to its user.
        if best.is_none() && self.origin == Origin::Index {
            let nearest = names
                .iter()
                .filter_map(|(file, name)| Some((*file, host.tags().refusal(&name.tags)?)))
                .min_by_key(|(_, refusal)| refusal.distance())
                .map(|(file, refusal)| (file, refusal.reason()));
            findings.push(no_wheel::finding(
                &package,
                &host.to_string(),
                nearest,
                has_source,
            ));
        }
        LockedPackage {
            name: self.name.clone(),
            version: self.version.clone(),
            installs,
            findings,
        }
    }
}

/// A file of a package. Formats name it in one of these ways.
#[derive(Debug, Clone, Deserialize)]
struct File {
    name: Option<String>,
    filename: Option<String>,
    url: Option<String>,
    path: Option<String>,
}

impl File {
    /// Its name: as it is, or the last part of where it is.
    fn name(&self) -> Option<String> {
        let given = self.name.as_deref().or(self.filename.as_deref());
        let place = || {
            let place = self.url.as_deref().or(self.path.as_deref())?;
            let place = place.split(['#', '?']).next()?;
            place.rsplit(['/', '\\']).next()
        };
        // In an address a plus is written as %2B, as in the local versions of PyTorch.
        given
            .or_else(place)
            .map(|name| name.replace("%2B", "+").replace("%2b", "+"))
    }
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, ParseLockError> {
    if text.len() > LONGEST {
        return Err(ParseLockError::TooLong);
    }
    toml::from_str(text).map_err(|error| ParseLockError::Broken(error.message().to_owned()))
}

mod uv {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::{Dependency, File};

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub(super) struct Lock {
        pub(super) version: u32,
        pub(super) requires_python: Option<String>,
        #[serde(default, rename = "package")]
        pub(super) packages: Vec<Package>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub(super) struct Package {
        pub(super) name: String,
        pub(super) version: Option<String>,
        #[serde(default)]
        pub(super) source: BTreeMap<String, toml::Value>,
        #[serde(default, rename = "resolution-markers")]
        pub(super) markers: Vec<String>,
        pub(super) sdist: Option<File>,
        #[serde(default)]
        pub(super) wheels: Vec<File>,
        #[serde(default)]
        pub(super) dependencies: Vec<Dependency>,
        #[serde(default, rename = "optional-dependencies")]
        pub(super) optional: BTreeMap<String, Vec<Dependency>>,
        #[serde(default, rename = "dev-dependencies")]
        pub(super) groups: BTreeMap<String, Vec<Dependency>>,
    }
}

mod pylock {
    use serde::Deserialize;

    use super::File;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub(super) struct Lock {
        #[serde(rename = "lock-version")]
        pub(super) version: String,
        pub(super) requires_python: Option<String>,
        pub(super) packages: Vec<Package>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub(super) struct Package {
        pub(super) name: String,
        pub(super) version: Option<String>,
        pub(super) marker: Option<String>,
        pub(super) requires_python: Option<String>,
        pub(super) vcs: Option<toml::Value>,
        pub(super) directory: Option<toml::Value>,
        pub(super) archive: Option<File>,
        pub(super) sdist: Option<File>,
        #[serde(default)]
        pub(super) wheels: Vec<File>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loads::{Python, System};

    const UV: &str = r#"
version = 1
revision = 3
requires-python = ">=3.11"

[[package]]
name = "app"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "orjson" },
    { name = "pywin32", marker = "sys_platform == 'win32'" },
    { name = "beside" },
]

[package.dev-dependencies]
dev = [{ name = "iniconfig" }]

[[package]]
name = "beside"
version = "1.0"
source = { directory = "../beside" }

[[package]]
name = "iniconfig"
version = "2.1.0"
source = { registry = "https://index.example/simple" }
wheels = [
    { url = "https://files.example/iniconfig-2.1.0-py3-none-any.whl", hash = "sha256:0" },
]

[[package]]
name = "orjson"
version = "3.11.0"
source = { registry = "https://index.example/simple" }
sdist = { url = "https://files.example/orjson-3.11.0.tar.gz", hash = "sha256:0", size = 1 }
wheels = [
    { url = "https://files.example/orjson-3.11.0-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", hash = "sha256:0" },
    { url = "https://files.example/orjson-3.11.0-cp313-cp313-win_amd64.whl", hash = "sha256:0" },
]

[[package]]
name = "pywin32"
version = "311"
source = { registry = "https://index.example/simple" }
wheels = [
    { url = "https://files.example/pywin32-311-cp313-cp313-win_amd64.whl", hash = "sha256:0" },
]
"#;

    fn judge(lock: &Lock, python: &str, system: &str) -> LockAnswer {
        let python: Python = python.parse().unwrap();
        let system: System = system.parse().unwrap();
        lock.judge(&Host::new(python, system))
    }

    /// Each package in a word: `w` for a wheel, `p` for a pure one, `s` for source, `n` for nothing.
    fn in_words(answer: &LockAnswer) -> Vec<String> {
        answer
            .packages
            .iter()
            .map(|package| {
                let kind = match &package.installs {
                    Installs::Wheel { is_pure: true, .. } => 'p',
                    Installs::Wheel { .. } => 'w',
                    Installs::Source { .. } => 's',
                    Installs::Nothing => 'n',
                };
                format!("{} {kind} {}", package.name, package.findings.len())
            })
            .collect()
    }

    #[test]
    fn a_uv_lock_names_its_wheels() {
        let lock = Lock::parse_uv(UV).unwrap();
        let linux = judge(&lock, "3.13", "manylinux_2_28_x86_64");
        assert_eq!(
            in_words(&linux),
            ["beside s 0", "iniconfig p 0", "orjson w 0"]
        );
        assert_eq!(linux.left_out, 1);
        let newer = judge(&lock, "3.14t", "manylinux_2_28_x86_64");
        assert_eq!(
            in_words(&newer),
            ["beside s 0", "iniconfig p 0", "orjson s 1"]
        );
        let finding = &newer.packages[2].findings[0];
        assert_eq!(finding.code.as_str(), "WR0134");
        assert!(
            finding.message.contains("it's for CPython 3.13 alone"),
            "{finding:?}"
        );
        let windows = judge(&lock, "3.14", "win_amd64");
        assert_eq!(
            in_words(&windows),
            ["beside s 0", "iniconfig p 0", "orjson s 1", "pywin32 n 1"]
        );
        let old = judge(&lock, "3.10", "manylinux_2_28_x86_64");
        assert_eq!(old.findings[0].code.as_str(), "WR0133");
    }

    #[test]
    fn a_pylock_names_its_wheels() {
        let lock = Lock::parse_pylock(
            r#"
lock-version = "1.0"
created-by = "pip"
requires-python = ">=3.9"

[[packages]]
name = "attrs"
version = "25.1.0"
requires-python = ">=3.8"
wheels = [{name = "attrs-25.1.0-py3-none-any.whl", hashes = {sha256 = "0"}}]

[[packages]]
name = "fast"
version = "1.0+cpu"
marker = "sys_platform == 'linux'"
wheels = [{url = "https://files.example/fast-1.0%2Bcpu-cp312-cp312-manylinux_2_17_x86_64.whl#sha256=0"}]

[[packages]]
name = "old"
version = "1.0"
requires-python = "<3.12"
sdist = {path = "vendor/old-1.0.tar.gz"}

[[packages]]
name = "source"
vcs = {type = "git", url = "https://files.example/source.git"}
"#,
        )
        .unwrap();
        let answer = judge(&lock, "3.12", "manylinux_2_28_x86_64");
        assert_eq!(
            in_words(&answer),
            ["attrs p 0", "fast w 0", "old s 2", "source s 0"]
        );
        assert_eq!(
            in_words(&judge(&lock, "3.12", "macosx_14_0_arm64")),
            ["attrs p 0", "old s 2", "source s 0"]
        );
    }

    #[test]
    fn what_is_no_lock_is_refused() {
        assert!(Lock::parse_uv("").is_err());
        assert!(Lock::parse_uv("version = 2").is_err());
        assert!(Lock::parse_uv("version = [").is_err());
        assert!(Lock::parse_pylock("lock-version = '2.0'\npackages = []").is_err());
        assert!(Lock::parse_pylock("packages = []").is_err());
    }
}
