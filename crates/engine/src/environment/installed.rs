//! What is installed in an environment, according to the names and times of its files: no package is read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anatomy::normalized_distribution;

use crate::memory::Key;
use crate::system::{FileKind, System, SystemExt};

/// What is installed in an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    digest: String,
    /// Directories outside the environment that it imports from, as with editable installs: their files may change while the
    /// environment doesn't.
    elsewhere: BTreeSet<PathBuf>,
    /// Distributions by their normalized names, with their versions.
    versions: BTreeMap<String, String>,
    /// Whether a hook decides where a module comes from, which only running it can show.
    has_hook: bool,
}

impl Installed {
    /// Examines the environment in `dir`, whose interpreter is `python`.
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
        // A directory of installed packages, such as another environment's, is described by its records too.
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

    /// A digest of what is installed, which changes with every installation.
    pub(crate) fn digest(&self) -> &str {
        &self.digest
    }

    /// The version of a distribution, by its normalized name, if it's installed.
    pub(crate) fn version(&self, distribution: &str) -> Option<&str> {
        self.versions.get(distribution).map(String::as_str)
    }

    /// The directories outside the environment that it imports from; `None` if that can't be known.
    pub(crate) fn elsewhere(&self) -> Option<&BTreeSet<PathBuf>> {
        (!self.has_hook).then_some(&self.elsewhere)
    }
}

/// The distribution, by its normalized name, that according to an installer's records owns a top-level module or package of the
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
                    // The word occurs in the names of the finders of setuptools, scikit-build-core, meson-python and hatchling
                    // (PEP 660 leaves these to them); other code in such files sets up tools.
                    self.has_hook |= line.contains("editable");
                } else if !line.is_empty() && !line.starts_with('#') {
                    self.elsewhere.insert(dir.join(line));
                }
            }
        }
    }

    /// Adds the packages and modules in a directory, and returns its `.pth` files.
    fn packages(&mut self, dir: &Path) -> Vec<PathBuf> {
        let mut key = std::mem::replace(&mut self.key, Key::new(""));
        let mut paths = Vec::new();
        for entry in self.system.list(dir).unwrap_or_default() {
            let ending = entry.path.extension().unwrap_or_default();
            if entry.kind == FileKind::File {
                // A single-file module, or a `.pth` file.
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
                // Every installer writes it last, even when it reinstalls the same version (PEP 376).
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
