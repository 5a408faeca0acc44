//! `.pth` files in a site directory (Python's documentation of `site`), which editable installs use. Lines that name
//! directories are followed; lines that run code are reported, but not run.
//!
//! This follows CPython 3.13 where versions differ: it skips hidden files, which some older ones read.

use std::path::{Path, PathBuf};

use anatomy::{PthLine, pth_lines};

use crate::files::Files;
use crate::lexical::joined;

/// They're a few lines long.
const LARGEST: u64 = 1 << 20;

/// A `.pth` file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PthFile {
    paths: Vec<PathBuf>,
    code: Vec<String>,
}

impl PthFile {
    /// Whether Python reads a file with this name.
    pub fn is_one(path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default();
        path.extension().is_some_and(|ending| ending == "pth")
            && !name.to_string_lossy().starts_with('.')
    }

    /// The files in a site directory, in the order in which Python reads them.
    pub fn all_in(site: &Path, files: &dyn Files) -> Vec<Self> {
        let mut found: Vec<PathBuf> = files
            .list(site)
            .unwrap_or_default()
            .into_iter()
            .map(|entry| entry.path)
            .filter(|path| Self::is_one(path))
            .collect();
        found.sort();
        found.iter().map(|file| Self::read(file, files)).collect()
    }

    /// Reads one file; one that can't be read has no lines.
    pub fn read(file: &Path, files: &dyn Files) -> Self {
        let bytes = files.read(file, LARGEST).unwrap_or_default();
        Self::parse(file.parent().unwrap_or(file), &bytes)
    }

    /// Parses a file in a site directory.
    fn parse(site: &Path, bytes: &[u8]) -> Self {
        // Python decodes other encodings by the locale, which isn't known here, or fails. Such a line may still be
        // recognised as code, but the directory that it names is unknown.
        let text = String::from_utf8_lossy(bytes);
        let mut parsed = Self::default();
        for line in pth_lines(&text) {
            match line {
                PthLine::Code(code) => parsed.code.push(code.to_owned()),
                PthLine::Path(path) if path.contains(['\0', char::REPLACEMENT_CHARACTER]) => {}
                PthLine::Path(path) => {
                    let path = joined(site, path);
                    if !parsed.paths.contains(&path) {
                        parsed.paths.push(path);
                    }
                }
            }
        }
        parsed
    }

    /// The paths that it names, absolute and without duplicates. Python ignores those that don't exist (yet).
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The directories that it names and that exist. A zip archive may be named too, but isn't searched here.
    pub fn directories<'p>(&'p self, files: &'p dyn Files) -> impl Iterator<Item = &'p PathBuf> {
        self.paths.iter().filter(|path| files.is_dir(path))
    }

    /// The lines that Python would run.
    pub fn code(&self) -> &[String] {
        &self.code
    }

    /// Whether its code decides where a module comes from, which only running it can show: the word occurs in the names of the
    /// finders of setuptools, scikit-build-core, meson-python and hatchling (PEP 660 leaves these to them). Other code in
    /// such files sets up tools.
    pub fn has_editable_hook(&self) -> bool {
        self.code.iter().any(|line| line.contains("editable"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn paths_are_absolute_and_kept_once() {
        let text = "../src\nx\nimport y\n/a\n/a/\n/b/../a\n";
        let file = PthFile::parse(Path::new("/v/site"), text.as_bytes());
        assert_eq!(
            file.paths(),
            ["/v/src", "/v/site/x", "/a"].map(PathBuf::from)
        );
        assert_eq!(file.code(), ["import y"]);
    }

    #[test]
    fn code_is_seen_in_any_encoding_but_paths_are_not() {
        let file = PthFile::parse(Path::new("/v"), b"/caf\xe9\nimport x  # caf\xe9\n/a\n");
        assert_eq!(file.paths(), [PathBuf::from("/a")]);
        assert_eq!(file.code().len(), 1);
    }

    #[test]
    fn files_are_read_in_order_and_hidden_ones_are_not() {
        let files = Fake::of(&[
            ("/v/b.pth", "/b"),
            ("/v/a.pth", "/a\n/z"),
            ("/v/.c.pth", "/c"),
            ("/v/d.txt", "/d"),
            ("/v/e.pth/x", ""),
            ("/a/x.py", ""),
            ("/b", "not a directory"),
        ]);
        let all = PthFile::all_in(Path::new("/v"), &files);
        let paths: Vec<&PathBuf> = all.iter().flat_map(PthFile::paths).collect();
        assert_eq!(paths, [Path::new("/a"), Path::new("/z"), Path::new("/b")]);
        let existing: Vec<&PathBuf> = all
            .iter()
            .flat_map(|file| file.directories(&files))
            .collect();
        assert_eq!(existing, [Path::new("/a")]);
    }

    #[test]
    fn editable_hooks_differ_from_other_code() {
        let is_hook =
            |text: &str| PthFile::parse(Path::new("/v"), text.as_bytes()).has_editable_hook();
        assert!(is_hook("import __editable___fast_1_0_finder; x()\n"));
        assert!(!is_hook("import distutils_hack\n# editable\n"));
    }
}
