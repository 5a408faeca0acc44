//! What is installed in an environment, as far as the names and times of its files tell: no package is read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anatomy::normalized_distribution;

use crate::memory::Key;
use crate::system::{FileKind, System, SystemExt};

/// What is installed in an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    digest: String,
    /// Directories elsewhere from which the environment imports, as editable installations have it: their files may change
    /// without a word to the environment.
    elsewhere: BTreeSet<PathBuf>,
    /// Distributions by their normalized names, with their versions.
    versions: BTreeMap<String, String>,
    /// Whether a hook decides from where a module comes, which only running it tells.
    has_hook: bool,
}

impl Installed {
    /// Looks into the environment in `dir`, whose interpreter is `python`.
    pub(crate) fn look(system: &dyn System, dir: &Path, python: &Path) -> Self {
        let mut look = Look {
            system,
            key: Key::new("installed").and_stamp(system, python),
            elsewhere: BTreeSet::new(),
            versions: BTreeMap::new(),
            has_hook: false,
        };
        let versions = system.list(&dir.join("lib")).unwrap_or_default();
        let sites = versions.iter().map(|version| &version.path);
        for site in sites.chain([&dir.join("Lib")]) {
            look.site(&site.join("site-packages"));
        }
        // A directory that holds installed packages, such as that of another environment, tells by its records as well.
        let (installed, elsewhere) = look
            .elsewhere
            .clone()
            .into_iter()
            .partition(|dir| holds_records(system, dir));
        let installed: BTreeSet<PathBuf> = installed;
        for dir in &installed {
            look.packages(dir);
        }
        Self {
            digest: look.key.finish(),
            elsewhere,
            versions: look.versions,
            has_hook: look.has_hook,
        }
    }

    /// A digest of what is installed, which differs after every installation.
    pub(crate) fn digest(&self) -> &str {
        &self.digest
    }

    /// The version of a distribution, by its normalized name, where it is installed.
    pub(crate) fn version(&self, distribution: &str) -> Option<&str> {
        self.versions.get(distribution).map(String::as_str)
    }

    /// The directories elsewhere from which the environment imports; `None` where that cannot be known.
    pub(crate) fn elsewhere(&self) -> Option<&BTreeSet<PathBuf>> {
        (!self.has_hook).then_some(&self.elsewhere)
    }
}

/// The distribution, by its normalized name, that an installer recorded as the owner of a module or package at the top level of the
/// environment in `dir` (packaging specifications, "Recording installed projects").
pub(crate) fn owner(system: &dyn System, dir: &Path, package: &str) -> Option<String> {
    let versions = system.list(&dir.join("lib")).unwrap_or_default();
    let mut sites = versions
        .iter()
        .map(|version| version.path.join("site-packages"))
        .chain([dir.join("Lib").join("site-packages")])
        .filter(|site| {
            system.is_dir(&site.join(package))
                || system.is_file(&site.join(format!("{package}.py")))
        });
    sites.find_map(|site| {
        let entries = system.list(&site).unwrap_or_default();
        entries.iter().find_map(|entry| {
            let stem = entry.path.file_stem()?.to_string_lossy().into_owned();
            let (name, _) = stem.split_once('-')?;
            let record = system.read(&entry.path.join("RECORD")).ok()?;
            let record = String::from_utf8_lossy(&record).into_owned();
            let mut lines = record.lines();
            lines
                .any(|line| {
                    line.strip_prefix(package)
                        .is_some_and(|rest| rest.starts_with('/') || rest.starts_with(".py,"))
                })
                .then(|| normalized_distribution(name))
        })
    })
}

struct Look<'s> {
    system: &'s dyn System,
    key: Key,
    elsewhere: BTreeSet<PathBuf>,
    versions: BTreeMap<String, String>,
    has_hook: bool,
}

impl Look<'_> {
    /// A directory whose `.pth` files Python reads (Python's documentation, "site").
    fn site(&mut self, dir: &Path) {
        for file in self.packages(dir) {
            let text = self.system.read(&file).unwrap_or_default();
            for line in String::from_utf8_lossy(&text).lines().map(str::trim_end) {
                if line.starts_with("import ") || line.starts_with("import\t") {
                    // What setuptools, scikit-build-core, meson-python and hatchling call their finders (PEP 660 leaves it to
                    // them); other code in such files sets up tools.
                    self.has_hook |= line.contains("editable");
                } else if !line.is_empty() && !line.starts_with('#') {
                    self.elsewhere.insert(dir.join(line));
                }
            }
        }
    }

    /// Takes in the packages and modules in a directory, and gives its `.pth` files.
    fn packages(&mut self, dir: &Path) -> Vec<PathBuf> {
        let mut key = std::mem::replace(&mut self.key, Key::new(""));
        let mut paths = Vec::new();
        for entry in self.system.list(dir).unwrap_or_default() {
            let ending = entry.path.extension().unwrap_or_default();
            if entry.kind == FileKind::File {
                // A module of one file, or a `.pth` file.
                key = key.and_stamp(self.system, &entry.path);
                if ending == "pth" {
                    paths.push(entry.path);
                }
            } else if ending == "dist-info" {
                let stem = entry.path.file_stem().unwrap_or_default().to_string_lossy();
                if let Some((name, version)) = stem.split_once('-') {
                    self.versions
                        .insert(normalized_distribution(name), version.to_owned());
                }
                // Every installer writes it last, for the very version that was there, too (PEP 376).
                key = key.and_stamp(self.system, &entry.path.join("RECORD"));
            } else if entry
                .path
                .file_name()
                .is_some_and(|name| name != "__pycache__")
            {
                key = key.and(&entry.path.to_string_lossy());
            }
        }
        self.key = key;
        paths
    }
}

fn holds_records(system: &dyn System, dir: &Path) -> bool {
    let entries = system.list(dir).unwrap_or_default();
    let mut endings = entries.iter().filter_map(|entry| entry.path.extension());
    endings.any(|ending| ending == "dist-info")
}
