//! What is installed in an environment, according to the names and times of its files: no package is read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use environments::{Distribution, Found, PthFile, SearchPath, module_search, site_directories};

use crate::memory::Key;
use crate::system::{FileKind, System, SystemFiles};

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
        for site in site_directories(dir, &SystemFiles(system)) {
            look.site(&site);
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

/// The distributions, by their normalized names, that according to an installer's records own a top-level module or package of
/// the environment in `dir` (packaging specifications, "Recording installed projects"). No distribution owns a package without
/// an `__init__`, because Python adds other directories of that name to it (PEP 420).
pub(crate) fn owners(
    system: &dyn System,
    dir: &Path,
    package: &str,
    suffixes: &[String],
) -> Vec<String> {
    let files = SystemFiles(system);
    let sites = site_directories(dir, &files);
    let found = module_search::find(package, &sites, suffixes, &files);
    let Some(found) = found.filter(|found| !matches!(found, Found::Namespace(_))) else {
        return Vec::new();
    };
    let path = SearchPath {
        entries: sites.clone(),
        site_directories: sites.clone(),
        sites,
    };
    environments::owners(package, &found, &path, &files)
        .iter()
        .map(Distribution::normalized_name)
        .collect()
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
            let file = PthFile::read(&file, &SystemFiles(self.system));
            self.has_hook |= file.has_editable_hook();
            // Directories that don't exist count as well, because they may appear.
            self.elsewhere.extend(file.paths().iter().cloned());
        }
    }

    /// Adds the packages and modules in a directory, and returns its `.pth` files. Hidden ones are among them, because
    /// older Pythons read those too.
    fn packages(&mut self, dir: &Path) -> Vec<PathBuf> {
        let mut key = std::mem::replace(&mut self.key, Key::new(""));
        let mut paths = Vec::new();
        let entries = self.system.list(dir).unwrap_or_default();
        let infos = entries.iter().map(|entry| entry.path.clone());
        for one in Distribution::among(infos, &SystemFiles(self.system)) {
            // If there are several, Python uses the first.
            self.versions
                .entry(one.normalized_name())
                .or_insert(one.version);
        }
        for entry in entries {
            let ending = entry.path.extension().unwrap_or_default();
            if entry.kind == FileKind::File {
                // A single-file module, or a `.pth` file.
                key = key.and_stamp(self.system, &entry.path);
                if ending == "pth" {
                    paths.push(entry.path);
                }
            } else if ending == "dist-info" {
                // Every installer writes it last, even when it reinstalls the same version (PEP 376).
                key = key.and_stamp(self.system, &entry.path.join("RECORD"));
            } else if ending == "egg-info" {
                key = key.and_stamp(self.system, &entry.path.join("PKG-INFO"));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::NativeSystem;

    const SITE: &str = "lib/python3.12/site-packages";

    struct Place {
        dir: tempfile::TempDir,
        system: NativeSystem,
    }

    impl Place {
        fn of(files: &[(&str, &str)]) -> Self {
            let place = Self {
                dir: tempfile::tempdir().unwrap(),
                system: NativeSystem::new("wr".into()),
            };
            for (file, text) in files {
                let path = place.site().join(file);
                place.system.write(&path, text.as_bytes()).unwrap();
            }
            place
        }

        fn site(&self) -> PathBuf {
            self.dir.path().join(SITE)
        }

        fn look(&self) -> Installed {
            let python = self.dir.path().join("bin/python");
            Installed::look(&self.system, self.dir.path(), &python)
        }

        fn owners(&self, package: &str) -> Vec<String> {
            let suffixes = [".abi3.so", ".so"].map(str::to_owned);
            owners(&self.system, self.dir.path(), package, &suffixes)
        }
    }

    #[test]
    fn every_kind_of_metadata_counts() {
        let at = Place::of(&[
            ("Fast_Pkg-1.0.dist-info/RECORD", ""),
            ("fast_pkg-0.9.egg-info/PKG-INFO", ""),
            ("old-2.0-py3.12.egg-info", ""),
            (
                "with-dash-3.0.dist-info/METADATA",
                "Name: with-dash\nVersion: 3.0\n\n",
            ),
        ]);
        let installed = at.look();
        for (name, version) in [("fast-pkg", "1.0"), ("old", "2.0"), ("with-dash", "3.0")] {
            assert_eq!(installed.version(name), Some(version), "{name}");
        }
        at.system
            .write(&at.site().join("fast_pkg-0.9.egg-info/PKG-INFO"), b"x")
            .unwrap();
        assert_ne!(at.look().digest(), installed.digest());
    }

    #[test]
    fn paths_elsewhere_are_absolute_even_if_they_do_not_exist() {
        let at = Place::of(&[("x.pth", "\u{feff}../../../../p/./src\r/q\n")]);
        let above = at.dir.path().parent().unwrap().join("p/src");
        let installed = at.look();
        let elsewhere = installed.elsewhere().unwrap();
        assert_eq!(elsewhere, &BTreeSet::from([above, "/q".into()]));
    }

    #[test]
    fn a_hook_counts_even_in_a_hidden_file() {
        let at = Place::of(&[(".x.pth", "import __editable___x_finder\n")]);
        assert_eq!(at.look().elsewhere(), None);
    }

    #[test]
    fn a_package_has_the_owner_that_its_record_says() {
        let at = Place::of(&[
            ("fast/__init__.py", ""),
            ("single.abi3.so", ""),
            ("shared/a.py", ""),
            (
                "Fast.Pkg-1.0.dist-info/RECORD",
                "\"fast/__init__.py\",,\nsingle.abi3.so,,\nshared/a.py,,\n",
            ),
        ]);
        assert_eq!(at.owners("fast"), ["fast-pkg"]);
        assert_eq!(at.owners("single"), ["fast-pkg"]);
        // Python adds other directories to a package without an `__init__`.
        assert!(at.owners("shared").is_empty());
        assert!(at.owners("missing").is_empty());
    }
}
