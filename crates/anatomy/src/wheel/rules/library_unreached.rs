//! A library that is bundled in a wheel for Linux, in a place where no RPATH leads: WR0112, as at the import.
//!
//! What the loader does when an extension is imported is done here with the files of the wheel. Only names that `auditwheel`
//! gave are judged, such as `libpq-9b38f5e3.so.5.17`: nothing finds these but RPATH. A library with a plain name may be there
//! for `ctypes`, or be loaded by the package before the extension is.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use diagnostic::{Diagnostic, Evidence};

use super::{others, platforms};
use crate::facts::{Format, Image};
use crate::output::importing::library_missing::RULE;
use crate::wheel::{Platform, WheelExtension, WheelFacts};

/// More libraries than these say nothing more.
const SHOWN: usize = 5;

/// How many libraries are looked for in one wheel. Honest wheels have some thousand extensions with a few libraries each.
const MOST_SEARCHES: usize = 200_000;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let mut inherits = Inherits::Rpath;
    for (_, platform) in platforms(facts) {
        match platform {
            Platform::Manylinux(..) | Platform::Linux(_) => {}
            Platform::Musllinux(..) => inherits = Inherits::Both,
            _ => return None,
        }
    }
    let installed = Installed::new(facts);
    let mut unreached = BTreeMap::new();
    let mut searches = MOST_SEARCHES;
    for extension in &facts.extensions {
        if !installed.load(extension, inherits, &mut unreached, &mut searches) {
            // What was found until then is true all the same.
            break;
        }
    }
    let ((library, path), place) = unreached.first_key_value()?;
    let others = others(unreached.len() - 1);
    let finding = RULE.finding(format!(
        "`{path}` needs `{library}`, which lies in the wheel where no RPATH leads, in `{place}`{others}"
    ));
    let finding =
        unreached
            .iter()
            .take(SHOWN)
            .fold(finding, |finding, ((library, path), place)| {
                finding.because(Evidence::mismatch(
                    format!("RPATH of {path}"),
                    format!("one that leads to {place}, where {library} is"),
                    installed.rpath(path),
                ))
            });
    Some(finding.hint(
        "let `auditwheel repair` bundle libraries, and leave them where it puts them: it writes RPATH so that they are found",
    ))
}

/// Which search paths hold for the libraries of a library too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inherits {
    /// glibc: only RPATH, where there is no RUNPATH beside it.
    Rpath,
    /// musl makes no difference between the two.
    Both,
}

/// Where a search path leads.
#[derive(Debug, PartialEq, Eq)]
enum SearchPathTarget {
    /// To this directory in the wheel.
    To(String),
    /// Out of what the wheel installs, where anything may be.
    Out,
}

/// A library that is needed and the path of who needs it, to the directory where it lies.
type Unreached<'facts> = BTreeMap<(&'facts str, &'facts str), String>;

/// The Linux binaries of a wheel by the paths under which they are installed.
struct Installed<'facts> {
    by_path: HashMap<&'facts str, (&'facts WheelExtension, &'facts Image)>,
    by_file: HashMap<&'facts str, &'facts str>,
    paths: HashMap<&'facts str, &'facts str>,
}

/// A binary that was loaded, with the one for which it was.
struct Loaded<'facts> {
    path: &'facts str,
    image: &'facts Image,
    by: Option<usize>,
}

impl<'facts> Installed<'facts> {
    fn new(facts: &'facts WheelFacts) -> Self {
        let mut installed = Self {
            by_path: HashMap::new(),
            by_file: HashMap::new(),
            paths: HashMap::new(),
        };
        for binary in facts.binaries() {
            let (Some(path), [image]) = (place(&binary.path), binary.facts.images.as_slice())
            else {
                continue;
            };
            if image.format == Format::Elf {
                installed.by_path.insert(path, (binary, image));
                installed.by_file.insert(file_name(path), path);
                installed.paths.insert(&binary.path, path);
            }
        }
        installed
    }

    /// Loads an extension with all that it needs, as far as it is in the wheel. Gives whether the searches were enough.
    fn load(
        &self,
        extension: &'facts WheelExtension,
        inherits: Inherits,
        unreached: &mut Unreached<'facts>,
        searches: &mut usize,
    ) -> bool {
        let Some(path) = self.paths.get(extension.path.as_str()) else {
            return true;
        };
        let Some((_, image)) = self.by_path.get(path) else {
            return true;
        };
        let mut loaded = vec![Loaded {
            path,
            image,
            by: None,
        }];
        // The loader goes by names: what is loaded once serves all that need it.
        let mut names: HashSet<&str> = HashSet::new();
        let mut next = VecDeque::from([0]);
        while let Some(index) = next.pop_front() {
            let Some(Loaded { path, image, .. }) = loaded.get(index) else {
                continue;
            };
            let (path, image) = (*path, *image);
            for library in &image.libraries {
                let name = library.name.as_str();
                if !names.insert(name) {
                    continue;
                }
                let Some(bundled) = self.by_file.get(name) else {
                    continue;
                };
                match self.search(name, index, &loaded, inherits, searches) {
                    None => return false,
                    Some(Found::In(path)) => {
                        if let Some((_, image)) = self.by_path.get(path) {
                            next.push_back(loaded.len());
                            loaded.push(Loaded {
                                path,
                                image,
                                by: Some(index),
                            });
                        }
                    }
                    Some(Found::Nowhere) if is_from_auditwheel(name) => {
                        let place = directory(bundled).to_owned();
                        unreached.insert((name, path), place);
                    }
                    Some(Found::Nowhere | Found::Perhaps) => {}
                }
            }
        }
        true
    }

    /// Looks for a library on behalf of one that was loaded; nothing when there were too many searches.
    fn search(
        &self,
        name: &str,
        index: usize,
        loaded: &[Loaded<'facts>],
        inherits: Inherits,
        searches: &mut usize,
    ) -> Option<Found<'facts>> {
        let mut asks = Some(index);
        let mut is_perhaps = false;
        while let Some(one) = asks.and_then(|index| loaded.get(index)) {
            let is_own = asks == Some(index);
            let has_runpath = !one.image.runpath.is_empty();
            let takes = |is_runpath: bool| match inherits {
                Inherits::Both => true,
                Inherits::Rpath if is_runpath => is_own,
                Inherits::Rpath => !has_runpath,
            };
            let rpath = one.image.rpath.iter().filter(|_| takes(false));
            let runpath = one.image.runpath.iter().filter(|_| takes(true));
            for search in rpath.chain(runpath).flat_map(|paths| paths.split(':')) {
                *searches = searches.checked_sub(1)?;
                match leads(directory(one.path), search) {
                    Some(SearchPathTarget::To(directory)) => {
                        let path = join(&directory, name);
                        if let Some((path, _)) = self.by_path.get_key_value(path.as_str()) {
                            return Some(Found::In(path));
                        }
                    }
                    Some(SearchPathTarget::Out) => is_perhaps = true,
                    None => {}
                }
            }
            // RUNPATH of the one that asks switches off what it would inherit.
            if is_own && has_runpath && inherits == Inherits::Rpath {
                break;
            }
            asks = one.by;
        }
        Some(if is_perhaps {
            Found::Perhaps
        } else {
            Found::Nowhere
        })
    }

    fn rpath(&self, path: &str) -> String {
        let Some((_, image)) = self.by_path.get(path) else {
            return "none".to_owned();
        };
        let paths: Vec<&str> = image
            .rpath
            .iter()
            .chain(&image.runpath)
            .map(String::as_str)
            .collect();
        if paths.is_empty() {
            "none".to_owned()
        } else {
            paths.join(":")
        }
    }
}

/// What came of a search.
enum Found<'facts> {
    /// It is this file.
    In(&'facts str),
    /// A path leads to where other wheels or the system may have it.
    Perhaps,
    Nowhere,
}

/// The path under which a file is installed beside all other packages; nothing for what goes elsewhere.
fn place(path: &str) -> Option<&str> {
    match path.split_once('/') {
        Some((first, rest)) if first.strip_suffix(".data").is_some() => rest
            .strip_prefix("platlib/")
            .or_else(|| rest.strip_prefix("purelib/")),
        _ => Some(path),
    }
}

fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn join(directory: &str, name: &str) -> String {
    if directory.is_empty() {
        name.to_owned()
    } else {
        format!("{directory}/{name}")
    }
}

/// Follows a search path from the directory of the one that has it. A path of the system leads nowhere: no library that a wheel
/// bundles is there.
fn leads(origin: &str, search: &str) -> Option<SearchPathTarget> {
    let rest = search
        .strip_prefix("$ORIGIN")
        .or_else(|| search.strip_prefix("${ORIGIN}"))?;
    if !(rest.is_empty() || rest.starts_with('/')) {
        return None;
    }
    let mut parts: Vec<&str> = origin.split('/').filter(|part| !part.is_empty()).collect();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Some(SearchPathTarget::Out);
                }
            }
            part => parts.push(part),
        }
    }
    Some(SearchPathTarget::To(parts.join("/")))
}

/// Whether `auditwheel` gave a library its name: before the first dot, a hyphen and eight digits of a hash.
fn is_from_auditwheel(name: &str) -> bool {
    name.split_once(".so")
        .and_then(|_| name.split('.').next())
        .and_then(|stem| stem.rsplit_once('-'))
        .is_some_and(|(_, hash)| {
            hash.len() == 8
                && hash
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_paths_are_followed() {
        let to = |directory: &str| Some(SearchPathTarget::To(directory.to_owned()));
        assert_eq!(leads("a/b", "$ORIGIN"), to("a/b"));
        assert_eq!(leads("a/b", "${ORIGIN}/../../x.libs"), to("x.libs"));
        assert_eq!(leads("a", "$ORIGIN/.."), to(""));
        assert_eq!(leads("a", "$ORIGIN/../../lib"), Some(SearchPathTarget::Out));
        assert_eq!(leads("a", "/usr/lib"), None);
        assert_eq!(leads("a", "$ORIGINAL"), None);
    }

    #[test]
    fn names_by_auditwheel_are_known() {
        for name in ["libpq-9b38f5e3.so.5.17", "libscipy_openblas64_-fdde5778.so"] {
            assert!(is_from_auditwheel(name), "{name}");
        }
        for name in [
            "libpq.so.5",
            "libpq-9b38f5e3.dll",
            "libc10-cuda.so",
            "libx-9b38f5eg.so",
        ] {
            assert!(!is_from_auditwheel(name), "{name}");
        }
    }
}
