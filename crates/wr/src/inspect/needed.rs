//! The libraries that an installed extension needs, looked for where the loader of this system looks (`ld.so(8)`; for musl,
//! `load_library` in its `ldso/dynlink.c`).

use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};

use anatomy::facts::{Format, Image};
use anatomy::{Expectation, Facts};
use diagnostic::{Diagnostic, Evidence, some};

use super::distribution;
use super::environment::InUse;
use super::report::shown;
use super::{binary, bytes};

/// More places than these say nothing more.
const SHOWN: usize = 4;

/// A chain of libraries is nowhere longer.
const MOST_LOADED: usize = 2000;

/// Files of settings are a few lines long; the loader's cache has a line for each library.
const LARGEST_SETTINGS: u64 = 1 << 20;
const LARGEST_CACHE: u64 = 64 << 20;

/// The places in which the loader of this system looks.
pub(super) struct Loader {
    /// Those that come before the system's own, from `LD_LIBRARY_PATH`.
    preferred: Vec<PathBuf>,
    system: Vec<PathBuf>,
    /// musl makes no difference between RPATH and RUNPATH.
    is_musl: bool,
}

/// A library that the loader doesn't find.
struct Missing {
    name: String,
    /// Who needs it.
    needed_by: PathBuf,
    searched: Vec<PathBuf>,
}

/// A file that is loaded, the search paths that it hands on, and its needs.
struct Loaded {
    path: PathBuf,
    image: Image,
    inherited: Vec<PathBuf>,
}

impl Loader {
    /// That of this system; nothing where its rules are not known here.
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

    /// The finding that an extension needs what the loader doesn't find. What another package of the environment has may be
    /// loaded by that before, and isn't missing.
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
        // Only now: all of it takes its time.
        let of_interpreter = of_interpreter(&in_use.asked.interpreter.executable);
        let elsewhere = files_of_all(&in_use.sites);
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
                "`{}` needs the library `{}`, which the loader of this system does not find",
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

    /// What an extension and the libraries that it needs in turn don't find.
    fn missing(&self, path: &Path, image: &Image) -> Vec<Missing> {
        let mut missing = Vec::new();
        let mut known: HashSet<String> = HashSet::new();
        let mut next = VecDeque::from([Loaded {
            path: path.to_owned(),
            image: image.clone(),
            inherited: Vec::new(),
        }]);
        while let Some(loaded) = next.pop_front() {
            let own = self.own_places(&loaded);
            let needed = loaded.image.libraries.iter();
            for library in needed.filter(|one| !one.is_libpython()) {
                let is_new = known.insert(library.name.clone());
                // A path is taken as it is.
                if !is_new || library.name.contains('/') || known.len() > MOST_LOADED {
                    continue;
                }
                if let Some(dir) = own.iter().find(|dir| dir.join(&library.name).exists()) {
                    let path = dir.join(&library.name);
                    // What comes with the extension may lack something as well; the system's own libraries don't.
                    if let Some(image) = read(&path) {
                        next.push_back(Loaded {
                            path,
                            image,
                            inherited: self.handed_on(&loaded),
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

    /// Where the libraries of a file are looked for before the system's own places.
    fn own_places(&self, loaded: &Loaded) -> Vec<PathBuf> {
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

    /// The search paths that hold for the libraries of a library too.
    fn handed_on(&self, loaded: &Loaded) -> Vec<PathBuf> {
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

/// The directories of search paths, with `$ORIGIN` in its place.
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

/// The loader itself is there where anything runs.
fn is_loader(name: &str) -> bool {
    name.contains("ld-linux") || name.starts_with("ld64.so") || name.starts_with("ld-musl-")
}

/// RPATH of the program holds for all that it loads.
fn of_interpreter(executable: &Path) -> Vec<PathBuf> {
    let executable = executable
        .canonicalize()
        .unwrap_or_else(|_| executable.to_owned());
    let mut places = Vec::new();
    if let Some(image) = read(&executable) {
        places.extend(followed(&executable, &image.rpath));
        // What its own library needs is loaded already.
        places.extend(followed(&executable, &image.runpath));
    }
    places
}

/// The names of all files that the distributions of an environment list.
fn files_of_all(sites: &[PathBuf]) -> HashSet<String> {
    distribution::all(sites)
        .iter()
        .filter_map(distribution::Distribution::listed)
        .flatten()
        .filter_map(|path| Some(path.rsplit('/').next()?.to_owned()))
        .collect()
}

/// Whether the loader's cache names a library.
fn is_listed(cache: &[u8], name: &str) -> bool {
    let wanted = [name.as_bytes(), b"\0"].concat();
    cache.windows(wanted.len()).any(|part| part == wanted)
}

/// The directories that the loader's settings name (`ldconfig(8)`).
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

/// The files that a pattern with one `*` in its last part stands for, sorted.
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
    fn search_paths_begin_at_the_file() {
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
    fn a_cache_names_whole_libraries() {
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
