//! Looks for the libraries that an installed extension needs where this system's loader looks (`ld.so(8)`; for musl,
//! `load_library` in its `ldso/dynlink.c`).

use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};

use anatomy::facts::{Format, Image};
use anatomy::{Expectation, Facts};
use diagnostic::{Diagnostic, Evidence, some};
use environments::Distribution;

use super::disk::Disk;
use super::environment::InUse;
use super::report::shown;
use super::{binary, bytes};

/// The finding lists at most this many places.
const SHOWN: usize = 4;

/// No honest chain of libraries is longer.
const MOST_LOADED: usize = 2000;

/// Configuration files are a few lines long; the loader's cache has an entry for each library.
const LARGEST_SETTINGS: u64 = 1 << 20;
const LARGEST_CACHE: u64 = 64 << 20;

/// The places where this system's loader looks.
pub(super) struct Loader {
    /// Those from `LD_LIBRARY_PATH`, which come before the system's own.
    preferred: Vec<PathBuf>,
    system: Vec<PathBuf>,
    /// musl treats RPATH and RUNPATH the same.
    is_musl: bool,
}

/// A library that the loader doesn't find.
struct Missing {
    name: String,
    /// The file that needs it.
    needed_by: PathBuf,
    searched: Vec<PathBuf>,
}

/// A loaded file, the search paths that its libraries inherit, and the libraries it needs.
struct Loaded {
    path: PathBuf,
    image: Image,
    inherited: Vec<PathBuf>,
}

impl Loader {
    /// This system's loader; `None` if its rules aren't known here.
    pub(super) fn of_this_system() -> Option<Self> {
        if !cfg!(target_os = "linux") {
            return None;
        }
        let preferred = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
        let is_musl = std::fs::read_dir("/lib").is_ok_and(|files| {
            files.flatten().any(|file| {
                let name = file.file_name();
                name.to_string_lossy().starts_with("ld-musl-")
            })
        }) && !Path::new("/etc/ld.so.cache").exists();
        let mut system: Vec<PathBuf> = if is_musl {
            vec!["/lib".into(), "/usr/local/lib".into(), "/usr/lib".into()]
        } else {
            let mut named = Vec::new();
            read_settings(Path::new("/etc/ld.so.conf"), &mut named, 0);
            named
        };
        system.extend(["/lib", "/usr/lib", "/lib64", "/usr/lib64"].map(PathBuf::from));
        Some(Self {
            preferred: std::env::split_paths(&preferred)
                .filter(|path| !path.as_os_str().is_empty())
                .collect(),
            system,
            is_musl,
        })
    }

    /// The finding that an extension needs a library the loader doesn't find. If another package in the environment has
    /// the library, it may load it first, so the library doesn't count as missing.
    pub(super) fn judge(&self, path: &Path, facts: &Facts, in_use: &InUse) -> Option<Diagnostic> {
        let [image] = facts.images.as_slice() else {
            return None;
        };
        if image.format != Format::Elf || image.init_functions.is_empty() {
            return None;
        }
        let mut missing = self.missing(path, image);
        if missing.is_empty() {
            return None;
        }
        // Only now, because it takes a while.
        let of_interpreter = of_interpreter(&in_use.asked.interpreter.executable);
        let elsewhere = files_of_all(&in_use.path.sites);
        let cache = bytes::open(Path::new("/etc/ld.so.cache"))
            .ok()
            .filter(|(_, length)| *length <= LARGEST_CACHE)
            .and_then(|_| std::fs::read("/etc/ld.so.cache").ok())
            .unwrap_or_default();
        missing.retain(|one| {
            !elsewhere.contains(&one.name)
                && !of_interpreter
                    .iter()
                    .any(|dir| dir.join(&one.name).exists())
                && !is_listed(&cache, &one.name)
        });
        let first = missing.first()?;
        let file = |path: &Path| shown(Path::new(path.file_name().unwrap_or_default()));
        let searched: Vec<String> = first.searched.iter().map(|dir| shown(dir)).collect();
        let finding = anatomy::shared::LIBRARY_MISSING
            .finding(format!(
                "`{}` needs the library `{}`, which this system's loader can't find",
                file(&first.needed_by),
                first.name
            ))
            .because(Evidence::mismatch(
                first.name.clone(),
                format!("a file in {}", some(&searched, SHOWN)),
                "none",
            ));
        let finding = missing.iter().skip(1).fold(finding, |finding, one| {
            finding.because(Evidence::mismatch(
                one.name.clone(),
                format!("a library for {}", file(&one.needed_by)),
                "none",
            ))
        });
        Some(finding.hint("install it, or set LD_LIBRARY_PATH to where it is"))
    }

    /// The libraries that an extension, or the libraries it needs, can't find.
    fn missing(&self, path: &Path, image: &Image) -> Vec<Missing> {
        let mut missing = Vec::new();
        let mut known: HashSet<String> = HashSet::new();
        let mut next = VecDeque::from([Loaded {
            path: path.to_owned(),
            image: image.clone(),
            inherited: Vec::new(),
        }]);
        while let Some(loaded) = next.pop_front() {
            let own = self.own_search_paths(&loaded);
            let needed = loaded.image.libraries.iter();
            for library in needed.filter(|one| !one.is_libpython()) {
                let is_new = known.insert(library.name.clone());
                // A path is used as it is.
                if !is_new || library.name.contains('/') || known.len() > MOST_LOADED {
                    continue;
                }
                if let Some(dir) = own.iter().find(|dir| dir.join(&library.name).exists()) {
                    let path = dir.join(&library.name);
                    // Libraries bundled with the extension may lack something too; the system's own libraries don't.
                    if let Some(image) = read(&path) {
                        next.push_back(Loaded {
                            path,
                            image,
                            inherited: self.inherited_search_paths(&loaded),
                        });
                    }
                } else if !self
                    .system
                    .iter()
                    .any(|dir| dir.join(&library.name).exists())
                    && !is_loader(&library.name)
                {
                    missing.push(Missing {
                        name: library.name.clone(),
                        needed_by: loaded.path.clone(),
                        searched: own.iter().chain(&self.system).cloned().collect(),
                    });
                }
            }
        }
        missing
    }

    /// Where a file's libraries are searched for before the system's own places.
    fn own_search_paths(&self, loaded: &Loaded) -> Vec<PathBuf> {
        let image = &loaded.image;
        let mut places = Vec::new();
        if image.runpath.is_empty() || self.is_musl {
            places.extend(followed(&loaded.path, &image.rpath));
            places.extend(loaded.inherited.iter().cloned());
        }
        places.extend(self.preferred.iter().cloned());
        places.extend(followed(&loaded.path, &image.runpath));
        places
    }

    /// The search paths that a library's own dependencies inherit.
    fn inherited_search_paths(&self, loaded: &Loaded) -> Vec<PathBuf> {
        let image = &loaded.image;
        let mut places = loaded.inherited.clone();
        if image.runpath.is_empty() || self.is_musl {
            places.extend(followed(&loaded.path, &image.rpath));
        }
        if self.is_musl {
            places.extend(followed(&loaded.path, &image.runpath));
        }
        places
    }
}

/// The directories in search paths, with `$ORIGIN` replaced.
fn followed(path: &Path, searches: &[String]) -> Vec<PathBuf> {
    let origin = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let origin = shown(origin.parent().unwrap_or(Path::new("/")));
    searches
        .iter()
        .flat_map(|paths| paths.split(':'))
        .filter(|one| !one.is_empty())
        .map(|one| {
            let one = one.replace("${ORIGIN}", &origin);
            PathBuf::from(one.replace("$ORIGIN", &origin))
        })
        .collect()
}

fn read(path: &Path) -> Option<Image> {
    let inspection = binary::inspect(&shown(path), path, &Expectation::new()).ok()?;
    inspection.facts.images.into_iter().next()
}

/// The loader itself exists wherever anything runs.
fn is_loader(name: &str) -> bool {
    name.contains("ld-linux") || name.starts_with("ld64.so") || name.starts_with("ld-musl-")
}

/// The program's RPATH applies to everything it loads.
fn of_interpreter(executable: &Path) -> Vec<PathBuf> {
    let executable = executable
        .canonicalize()
        .unwrap_or_else(|_| executable.to_owned());
    let mut places = Vec::new();
    if let Some(image) = read(&executable) {
        places.extend(followed(&executable, &image.rpath));
        // The libraries that its own library needs are already loaded.
        places.extend(followed(&executable, &image.runpath));
    }
    places
}

/// The names of all files listed by an environment's distributions.
fn files_of_all(sites: &[PathBuf]) -> HashSet<String> {
    Distribution::all(sites, &Disk)
        .iter()
        .filter_map(|one| one.listed(&Disk))
        .flatten()
        .filter_map(|path| Some(path.rsplit('/').next()?.to_owned()))
        .collect()
}

/// Whether the loader's cache names a library.
fn is_listed(cache: &[u8], name: &str) -> bool {
    let wanted = [name.as_bytes(), b"\0"].concat();
    cache.windows(wanted.len()).any(|part| part == wanted)
}

/// The directories in the loader's configuration (`ldconfig(8)`).
fn read_settings(file: &Path, found: &mut Vec<PathBuf>, depth: usize) {
    const DEEPEST: usize = 4;
    let text = bytes::text(file, LARGEST_SETTINGS).unwrap_or_default();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(pattern) = line.strip_prefix("include ") {
            if depth < DEEPEST {
                for file in matching(pattern.trim()) {
                    read_settings(&file, found, depth + 1);
                }
            }
        } else if line.starts_with('/') {
            found.push(PathBuf::from(line));
        }
    }
}

/// The files that match a pattern with one `*` in its last part, sorted.
fn matching(pattern: &str) -> Vec<PathBuf> {
    let path = Path::new("/etc").join(pattern);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some((before, after)) = name.split_once('*') else {
        return vec![path.clone()];
    };
    let dir = path.parent().unwrap_or(Path::new("/etc"));
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|file| {
            let name = file.file_name();
            let name = name.to_string_lossy();
            name.starts_with(before) && name.ends_with(after)
        })
        .map(|file| file.path())
        .collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_paths_are_relative_to_the_file() {
        let searches = [
            "$ORIGIN/../x.libs:/opt/lib".to_owned(),
            "${ORIGIN}".to_owned(),
        ];
        let places = followed(Path::new("/nowhere/fast/a.so"), &searches);
        assert_eq!(
            places,
            ["/nowhere/fast/../x.libs", "/opt/lib", "/nowhere/fast"].map(PathBuf::from)
        );
    }

    #[test]
    fn the_loader_cache_contains_full_names() {
        let cache = b"glibc-ld.so.cache1.1\0libpq.so.5\0/usr/lib/libpq.so.5.16\0";
        assert!(is_listed(cache, "libpq.so.5"));
        assert!(!is_listed(cache, "libpq.so"));
    }

    #[test]
    fn settings_include_others() {
        let place = tempfile::tempdir().unwrap();
        let below = place.path().join("conf.d");
        std::fs::create_dir(&below).unwrap();
        std::fs::write(below.join("a.conf"), "/opt/a # a comment\n").unwrap();
        std::fs::write(below.join("b.txt"), "/opt/b\n").unwrap();
        let main = place.path().join("ld.so.conf");
        let text = format!("# first\n/opt/main\ninclude {}/*.conf\n", below.display());
        std::fs::write(&main, text).unwrap();
        let mut found = Vec::new();
        read_settings(&main, &mut found, 0);
        assert_eq!(found, ["/opt/main", "/opt/a"].map(PathBuf::from));
    }
}
