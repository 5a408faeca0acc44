//! Where Python would find a module: the search of `importlib.machinery.PathFinder`, done purely on the file system, so
//! that no package code runs. Zip archives on the search path aren't searched.

use std::path::{Path, PathBuf};

use crate::files::Files;

/// What a module's name resolves to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A package with an `__init__`.
    Package(PathBuf),
    /// Directories without one that together form a package (PEP 420).
    Namespace(Vec<PathBuf>),
    /// An extension module.
    Extension(PathBuf),
    /// A Python source module.
    Source(PathBuf),
}

/// Finds a module by its dotted name. `suffixes` are those of extensions, the most specific first.
pub fn find(name: &str, path: &[PathBuf], suffixes: &[String], files: &dyn Files) -> Option<Found> {
    let mut dirs = path.to_vec();
    let mut parts = name.split('.').peekable();
    while let Some(part) = parts.next() {
        let found = find_part(part, &dirs, suffixes, files)?;
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

/// The files that Python would accept for a module, in the order it tries them: the first is what [`find`] finds.
/// Directories after that one only contribute extensions.
pub fn candidates(
    name: &str,
    path: &[PathBuf],
    suffixes: &[String],
    files: &dyn Files,
) -> Vec<PathBuf> {
    let (above, part) = name.rsplit_once('.').unwrap_or(("", name));
    let dirs = match above {
        "" => path.to_vec(),
        above => match find(above, path, suffixes, files) {
            Some(Found::Package(dir)) => vec![dir],
            Some(Found::Namespace(portions)) => portions,
            _ => Vec::new(),
        },
    };
    let mut found: Vec<PathBuf> = Vec::new();
    for dir in &dirs {
        if found.is_empty() {
            found = in_directory(dir, part, suffixes, files);
        } else {
            found.extend(extensions_in(dir, part, suffixes, files));
        }
    }
    found
}

/// The files that Python would accept for a module in one directory, in the order it tries them: a package comes before
/// a module, and an extension before a source file (`importlib.machinery.FileFinder`).
pub fn in_directory(
    dir: &Path,
    part: &str,
    suffixes: &[String],
    files: &dyn Files,
) -> Vec<PathBuf> {
    let package = init_of(&dir.join(part), suffixes, files);
    let source = sources_in(dir, part, suffixes, files).next();
    package
        .into_iter()
        .chain(extensions_in(dir, part, suffixes, files))
        .chain(source)
        .collect()
}

fn find_part(
    part: &str,
    dirs: &[PathBuf],
    suffixes: &[String],
    files: &dyn Files,
) -> Option<Found> {
    let mut portions = Vec::new();
    for dir in dirs {
        let package = dir.join(part);
        if init_of(&package, suffixes, files).is_some() {
            return Some(Found::Package(package));
        }
        if let Some(file) = extensions_in(dir, part, suffixes, files).into_iter().next() {
            return Some(Found::Extension(file));
        }
        if let Some(file) = sources_in(dir, part, suffixes, files).next() {
            return Some(Found::Source(file));
        }
        if files.is_dir(&package) {
            portions.push(package);
        }
    }
    (!portions.is_empty()).then_some(Found::Namespace(portions))
}

/// The file that makes a directory a package.
pub(crate) fn init_of(package: &Path, suffixes: &[String], files: &dyn Files) -> Option<PathBuf> {
    if !files.is_dir(package) {
        return None;
    }
    extensions_in(package, "__init__", suffixes, files)
        .into_iter()
        .chain(sources_in(package, "__init__", suffixes, files))
        .next()
}

fn extensions_in(dir: &Path, part: &str, suffixes: &[String], files: &dyn Files) -> Vec<PathBuf> {
    suffixes
        .iter()
        .map(|suffix| dir.join(format!("{part}{suffix}")))
        .filter(|file| files.is_file(file))
        .collect()
}

/// The source and its bytecode, in the order of `importlib.machinery`; on Windows a source may also be a `.pyw`.
fn sources_in(
    dir: &Path,
    part: &str,
    suffixes: &[String],
    files: &dyn Files,
) -> impl Iterator<Item = PathBuf> {
    let is_windows = suffixes
        .iter()
        .any(|suffix| suffix.strip_suffix(".pyd").is_some());
    [".py", ".pyw", ".pyc"]
        .into_iter()
        .filter(move |suffix| is_windows || *suffix != ".pyw")
        .map(move |suffix| dir.join(format!("{part}{suffix}")))
        .filter(|file| files.is_file(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    struct Place(Fake);

    fn suffixes() -> [String; 3] {
        [".cpython-312-x.so", ".abi3.so", ".so"].map(str::to_owned)
    }

    impl Place {
        fn of(files: &[&str]) -> Self {
            let files: Vec<String> = files.iter().map(|file| format!("/{file}")).collect();
            let files: Vec<(&str, &str)> = files.iter().map(|file| (file.as_str(), "")).collect();
            Self(Fake::of(&files))
        }

        fn find(&self, name: &str, dirs: &[&str]) -> Option<Found> {
            find(name, &self.dirs(dirs), &suffixes(), &self.0)
        }

        fn candidates(&self, name: &str, dirs: &[&str]) -> Vec<PathBuf> {
            candidates(name, &self.dirs(dirs), &suffixes(), &self.0)
        }

        fn dirs(&self, dirs: &[&str]) -> Vec<PathBuf> {
            dirs.iter().map(|dir| self.path(dir)).collect()
        }

        #[expect(clippy::unused_self, reason = "reads like the other methods")]
        fn path(&self, below: &str) -> PathBuf {
            Path::new("/").join(below)
        }
    }

    #[test]
    fn a_package_comes_before_a_module_and_an_extension_before_a_source() {
        let at = Place::of(&["a/x/__init__.py", "a/x.so", "a/y.so", "a/y.py"]);
        assert_eq!(at.find("x", &["a"]), Some(Found::Package(at.path("a/x"))));
        assert_eq!(
            at.find("y", &["a"]),
            Some(Found::Extension(at.path("a/y.so")))
        );
    }

    #[test]
    fn files_after_the_first_match_are_listed() {
        let at = Place::of(&["a/x/__init__.py", "a/x.so", "a/x.py", "b/x.so", "b/x.py"]);
        let expected = ["a/x/__init__.py", "a/x.so", "a/x.py", "b/x.so"].map(|file| at.path(file));
        assert_eq!(at.candidates("x", &["a", "b"]), expected);
        assert_eq!(at.candidates("y", &["a", "b"]), Vec::<PathBuf>::new());
    }

    #[test]
    fn the_most_specific_suffix_comes_first_and_others_are_listed() {
        let at = Place::of(&["a/x.abi3.so", "a/x.cpython-312-x.so", "b/x.so"]);
        let all = ["a/x.cpython-312-x.so", "a/x.abi3.so", "b/x.so"].map(|file| at.path(file));
        assert_eq!(
            at.find("x", &["a", "b"]),
            Some(Found::Extension(all[0].clone()))
        );
        assert_eq!(at.candidates("x", &["a", "b"]), all);
    }

    #[test]
    fn dotted_names_lead_through_packages() {
        let at = Place::of(&["a/x/__init__.py", "a/x/y.so", "b/n/z.py", "c/n/w.py"]);
        assert_eq!(
            at.find("x.y", &["a"]),
            Some(Found::Extension(at.path("a/x/y.so")))
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

    #[test]
    fn windows_also_knows_sources_without_a_console() {
        let files = Fake::of(&[("/a/x.pyw", ""), ("/a/x.pyc", "")]);
        let find = |suffix: &str| find("x", &["/a".into()], &[suffix.to_owned()], &files);
        assert_eq!(find(".pyd"), Some(Found::Source("/a/x.pyw".into())));
        assert_eq!(find(".so"), Some(Found::Source("/a/x.pyc".into())));
    }
}
