//! Where Python would find a module: the search of `importlib.machinery.PathFinder`, done on the file system alone, so that
//! no package's code runs.

use std::path::{Path, PathBuf};

/// What a module's name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A package with an `__init__`.
    Package(PathBuf),
    /// Directories without one, which together are a package (PEP 420).
    Namespace(Vec<PathBuf>),
    /// A module that is an extension: the file that is loaded, and further ones that would be, were that not there.
    Extension(Vec<PathBuf>),
    /// A module in Python.
    Source(PathBuf),
}

/// Finds a module by its dotted name. `suffixes` are those of extensions, the most specific first.
pub(super) fn find(name: &str, path: &[PathBuf], suffixes: &[String]) -> Option<Found> {
    let mut dirs = path.to_vec();
    let mut parts = name.split('.').peekable();
    while let Some(part) = parts.next() {
        let found = find_part(part, &dirs, suffixes)?;
        if parts.peek().is_none() {
            return Some(found);
        }
        dirs = match found {
            Found::Package(dir) => vec![dir],
            Found::Namespace(portions) => portions,
            Found::Extension(_) | Found::Source(_) => return None,
        };
    }
    None
}

fn find_part(part: &str, dirs: &[PathBuf], suffixes: &[String]) -> Option<Found> {
    let mut portions = Vec::new();
    for (at, dir) in dirs.iter().enumerate() {
        let package = dir.join(part);
        // In each directory, a package comes before a module, and an extension before a source.
        if package.is_dir() {
            let is_regular = suffixes
                .iter()
                .map(String::as_str)
                .chain([".py", ".pyc"])
                .any(|suffix| package.join(format!("__init__{suffix}")).is_file());
            if is_regular {
                return Some(Found::Package(package));
            }
        }
        if extension_in(dir, part, suffixes).is_some() {
            let rest = dirs.get(at..).unwrap_or_default();
            let all = rest
                .iter()
                .flat_map(|dir| extensions_in(dir, part, suffixes))
                .collect();
            return Some(Found::Extension(all));
        }
        for suffix in [".py", ".pyc"] {
            let file = dir.join(format!("{part}{suffix}"));
            if file.is_file() {
                return Some(Found::Source(file));
            }
        }
        if package.is_dir() {
            portions.push(package);
        }
    }
    (!portions.is_empty()).then_some(Found::Namespace(portions))
}

fn extension_in(dir: &Path, part: &str, suffixes: &[String]) -> Option<PathBuf> {
    extensions_in(dir, part, suffixes).into_iter().next()
}

fn extensions_in(dir: &Path, part: &str, suffixes: &[String]) -> Vec<PathBuf> {
    suffixes
        .iter()
        .map(|suffix| dir.join(format!("{part}{suffix}")))
        .filter(|file| file.is_file())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    struct Place(tempfile::TempDir);

    impl Place {
        fn of(files: &[&str]) -> Self {
            let place = tempfile::tempdir().unwrap();
            for file in files {
                let path = place.path().join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "").unwrap();
            }
            Self(place)
        }

        fn find(&self, name: &str, dirs: &[&str]) -> Option<Found> {
            let dirs: Vec<PathBuf> = dirs.iter().map(|dir| self.path(dir)).collect();
            let suffixes = [".cpython-312-x.so", ".abi3.so", ".so"].map(str::to_owned);
            find(name, &dirs, &suffixes)
        }

        fn path(&self, below: &str) -> PathBuf {
            self.0.path().join(below)
        }
    }

    #[test]
    fn a_package_comes_before_a_module_and_an_extension_before_a_source() {
        let at = Place::of(&["a/x/__init__.py", "a/x.so", "a/y.so", "a/y.py"]);
        assert_eq!(at.find("x", &["a"]), Some(Found::Package(at.path("a/x"))));
        assert_eq!(
            at.find("y", &["a"]),
            Some(Found::Extension(vec![at.path("a/y.so")]))
        );
    }

    #[test]
    fn the_most_specific_suffix_comes_first_and_the_others_are_told_of() {
        let at = Place::of(&["a/x.abi3.so", "a/x.cpython-312-x.so", "b/x.so"]);
        let all = ["a/x.cpython-312-x.so", "a/x.abi3.so", "b/x.so"].map(|file| at.path(file));
        assert_eq!(
            at.find("x", &["a", "b"]),
            Some(Found::Extension(all.to_vec()))
        );
    }

    #[test]
    fn names_lead_through_packages() {
        let at = Place::of(&["a/x/__init__.py", "a/x/y.so", "b/n/z.py", "c/n/w.py"]);
        assert_eq!(
            at.find("x.y", &["a"]),
            Some(Found::Extension(vec![at.path("a/x/y.so")]))
        );
        assert_eq!(at.find("x.z", &["a"]), None);
        assert_eq!(
            at.find("n.w", &["b", "c"]),
            Some(Found::Source(at.path("c/n/w.py")))
        );
        assert_eq!(
            at.find("n", &["b", "c"]),
            Some(Found::Namespace(vec![at.path("b/n"), at.path("c/n")]))
        );
    }
}
