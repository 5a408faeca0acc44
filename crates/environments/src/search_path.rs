//! Where an interpreter looks for modules: what it reported itself, and what `site` adds to that.

use std::path::PathBuf;

use crate::files::Files;
use crate::pth::PthFile;

/// Where an interpreter looks for modules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchPath {
    /// All directories, in search order.
    pub entries: Vec<PathBuf>,
    /// Those of them with installed packages: the site directories, each followed by what its `.pth` files name.
    pub sites: Vec<PathBuf>,
    /// Those of them whose `.pth` files Python reads.
    pub site_directories: Vec<PathBuf>,
}

impl SearchPath {
    /// Adds to the directories of the standard library and of installed packages, as an interpreter reported them, those that
    /// `.pth` files name; `first` are those of `PYTHONPATH`.
    pub fn new(
        first: impl IntoIterator<Item = PathBuf>,
        standard_library: &[PathBuf],
        site_directories: &[PathBuf],
        files: &dyn Files,
    ) -> Self {
        let mut sites = Vec::new();
        for dir in site_directories {
            add(&mut sites, dir);
            for file in PthFile::all_in(dir, files) {
                for named in file.directories(files) {
                    add(&mut sites, named);
                }
            }
        }
        let mut entries = Vec::new();
        // A relative one depends on where Python is started.
        let first: Vec<PathBuf> = first.into_iter().filter(|dir| dir.is_absolute()).collect();
        for dir in first.iter().chain(standard_library).chain(&sites) {
            add(&mut entries, dir);
        }
        Self {
            entries,
            sites,
            site_directories: site_directories.to_vec(),
        }
    }
}

fn add(list: &mut Vec<PathBuf>, dir: &PathBuf) {
    if !list.contains(dir) {
        list.push(dir.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn directories_named_by_pth_files_follow_their_site_directory() {
        let files = Fake::of(&[
            ("/v/a/one.pth", "/p\n/v/b\n/missing"),
            ("/v/b/two.pth", "../q\n/p"),
            // `.pth` files in a directory that another one names aren't read.
            ("/p/three.pth", "/r"),
            ("/v/q/x.py", ""),
            ("/r/x.py", ""),
        ]);
        let paths = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<Vec<_>>();
        let path = SearchPath::new(
            paths(&["/first", "relative", "/lib"]),
            &paths(&["/lib"]),
            &paths(&["/v/a", "/v/b"]),
            &files,
        );
        assert_eq!(path.sites, paths(&["/v/a", "/p", "/v/b", "/v/q"]));
        assert_eq!(
            path.entries,
            paths(&["/first", "/lib", "/v/a", "/p", "/v/b", "/v/q"])
        );
    }
}
