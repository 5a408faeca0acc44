//! Distributions, as pip and system packages know them: by the metadata next to the modules.
//!
//! A `.dist-info` lists every file (PEP 376, PEP 627). An `.egg-info`, which older tools and Debian packages create,
//! may list them too, or only name the modules, or be a file with neither.

use std::path::{Component, Path, PathBuf};

use anatomy::normalized_distribution;
use anatomy::wheel::recorded;

use crate::files::Files;

/// A file list has one line per file.
const LARGEST_LIST: u64 = 64 << 20;

/// A distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// Its name, as its build back end wrote it.
    pub name: String,
    /// Its version, likewise.
    pub version: String,
    /// Its metadata: `.dist-info` or `.egg-info`.
    pub info: PathBuf,
}

impl Distribution {
    /// All distributions in these directories, in order; in each directory, those with a file list come first.
    pub fn all(sites: &[PathBuf], files: &dyn Files) -> Vec<Self> {
        let of_one = |site: &PathBuf| Self::all_in(site, files);
        sites.iter().flat_map(of_one).collect()
    }

    /// All distributions in one directory; those with a file list come first.
    pub fn all_in(site: &Path, files: &dyn Files) -> Vec<Self> {
        let entries = files.list(site).unwrap_or_default();
        Self::among(entries.into_iter().map(|entry| entry.path), files)
    }

    /// The same, if the directory's entries are already known.
    pub fn among(entries: impl IntoIterator<Item = PathBuf>, files: &dyn Files) -> Vec<Self> {
        let mut infos: Vec<PathBuf> = entries.into_iter().collect();
        infos.sort();
        let (dist, egg): (Vec<_>, Vec<_>) = infos
            .into_iter()
            .filter_map(|info| Self::at(info, files))
            .partition(|found| found.info.extension().is_some_and(|it| it == "dist-info"));
        dist.into_iter().chain(egg).collect()
    }

    /// The distribution with a name, in any spelling. If there are several, Python uses the first.
    pub fn find(name: &str, sites: &[PathBuf], files: &dyn Files) -> Option<Self> {
        let found = Self::all(sites, files);
        found.into_iter().find(|found| same(&found.name, name))
    }

    /// Its name in the form in which names are compared (PEP 503).
    pub fn normalized_name(&self) -> String {
        normalized_distribution(&self.name)
    }

    /// The directory that it's installed in.
    pub fn site(&self) -> &Path {
        self.info.parent().unwrap_or(&self.info)
    }

    /// The files that it lists in its site directory, or `None` if it has no list.
    pub fn files(&self, files: &dyn Files) -> Option<Vec<PathBuf>> {
        let is_below = |path: &String| {
            Path::new(path)
                .components()
                .all(|part| matches!(part, Component::Normal(_)))
        };
        let listed = self.listed(files)?.into_iter().filter(is_below);
        Some(listed.map(|path| self.site().join(path)).collect())
    }

    /// The files that it lists, as written, relative to its site directory. Files outside, such as programs, have paths
    /// with `..`.
    pub fn listed(&self, files: &dyn Files) -> Option<Vec<String>> {
        if let Some(text) = self.text("RECORD", files) {
            return Some(recorded(&text).map(|one| one.path).collect());
        }
        // Here the paths are relative to the metadata itself.
        let text = self.text("installed-files.txt", files)?;
        let paths = text.lines().filter_map(|line| line.strip_prefix("../"));
        Some(paths.map(str::to_owned).collect())
    }

    /// The file that lists its files.
    pub fn list(&self, files: &dyn Files) -> PathBuf {
        let record = self.info.join("RECORD");
        if files.is_file(&record) {
            record
        } else {
            self.info.join("installed-files.txt")
        }
    }

    /// The modules that it claims to provide.
    pub fn modules(&self, files: &dyn Files) -> Option<Vec<String>> {
        let text = self.text("top_level.txt", files)?;
        let names = text.lines().map(str::trim);
        // Names with a slash exist in practice, but aren't module names.
        let is_name = |name: &&str| !name.is_empty() && !name.contains(['/', '\\', '.']);
        Some(names.filter(is_name).map(str::to_owned).collect())
    }

    /// The Pythons it claims to support: `Requires-Python`.
    pub fn requires_python(&self, files: &dyn Files) -> Option<String> {
        let text = self
            .text("METADATA", files)
            .or_else(|| self.text("PKG-INFO", files))?;
        headers(&text)
            .find_map(|line| line.strip_prefix("Requires-Python:"))
            .map(|value| value.trim().to_owned())
    }

    /// One of its metadata files; `None` if it can't be read or isn't UTF-8.
    pub fn text(&self, file: &str, files: &dyn Files) -> Option<String> {
        files.text(&self.info.join(file), LARGEST_LIST)
    }

    /// Reads the name and the version from the metadata's name, `fast-1.0.dist-info` or `fast-1.0-py3.11.egg-info`. If that's
    /// ambiguous or has no version, the metadata itself decides.
    fn at(info: PathBuf, files: &dyn Files) -> Option<Self> {
        let file = info.file_name()?.to_str()?;
        let is_dist = file.ends_with(".dist-info");
        let stem = file
            .strip_suffix(".dist-info")
            .or_else(|| file.strip_suffix(".egg-info"))?;
        let mut parts = stem.split('-');
        let (name, version) = (parts.next()?, parts.next());
        // A name may only contain a dash if an old tool didn't escape it.
        let named = version.filter(|_| !is_dist || parts.next().is_none());
        let (name, version) = match named {
            Some(version) => (name.to_owned(), version.to_owned()),
            None => stated(&info, files).map_or_else(
                || {
                    let (name, version) = stem.rsplit_once('-')?;
                    Some((name.to_owned(), version.to_owned()))
                },
                |(stated, version)| Some((stated.unwrap_or_else(|| name.to_owned()), version)),
            )?,
        };
        Some(Self {
            name,
            version,
            info,
        })
    }
}

/// The name and the version in the metadata itself.
fn stated(info: &Path, files: &dyn Files) -> Option<(Option<String>, String)> {
    let text = ["METADATA", "PKG-INFO"]
        .iter()
        .find_map(|file| files.text(&info.join(file), LARGEST_LIST))?;
    let header = |name: &str| {
        let value = headers(&text).find_map(|line| line.strip_prefix(name))?;
        Some(value.trim().to_owned())
    };
    Some((header("Name:"), header("Version:")?))
}

/// Everything after the first empty line is the description.
fn headers(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take_while(|line| !line.is_empty())
}

/// Whether two spellings name the same distribution.
pub(crate) fn same(a: &str, b: &str) -> bool {
    normalized_distribution(a) == normalized_distribution(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    fn read(file: &str, files: &[(&str, &str)]) -> Option<String> {
        let found = Distribution::at(PathBuf::from(file), &Fake::of(files))?;
        Some(format!("{} {}", found.name, found.version))
    }

    #[test]
    fn metadata_is_recognised_by_its_name() {
        for (file, expected) in [
            ("a_b-1.0.dist-info", Some("a_b 1.0")),
            ("lazr.uri-1.0.6.egg-info", Some("lazr.uri 1.0.6")),
            ("toml-0.10.2-py3.11.egg-info", Some("toml 0.10.2")),
            ("toml", None),
            ("toml.dist-info", None),
        ] {
            assert_eq!(read(file, &[]).as_deref(), expected, "{file}");
        }
    }

    #[test]
    fn the_metadata_itself_decides_if_its_name_is_unclear() {
        let metadata = "Name: a-b\nVersion: 1.0\n\nVersion: 3\n";
        let files = [
            ("/a-b-1.0.dist-info/METADATA", metadata),
            ("/a.dist-info/METADATA", metadata),
            ("/a.egg-info/PKG-INFO", "Version: 2\n"),
        ];
        let read = |file: &str| read(file, &files);
        assert_eq!(read("/a-b-1.0.dist-info").as_deref(), Some("a-b 1.0"));
        assert_eq!(read("/a.dist-info").as_deref(), Some("a-b 1.0"));
        assert_eq!(read("/a.egg-info").as_deref(), Some("a 2"));
        assert_eq!(read("/x-y-1.dist-info").as_deref(), Some("x-y 1"));
    }

    #[test]
    fn the_first_of_several_is_found_in_any_spelling() {
        let files = Fake::of(&[
            ("/v/Fast_Pkg-2.egg-info/PKG-INFO", ""),
            ("/v/fast_pkg-1.dist-info/RECORD", ""),
            ("/w/fast.pkg-3.dist-info/RECORD", ""),
        ]);
        let sites = ["/v", "/w"].map(PathBuf::from);
        let found = Distribution::find("FAST-pkg", &sites, &files).unwrap();
        assert_eq!(found.version, "1");
        assert_eq!(found.normalized_name(), "fast-pkg");
        assert_eq!(Distribution::all(&sites, &files).len(), 3);
    }

    #[test]
    fn listed_files_are_below_the_site_directory() {
        let files = Fake::of(&[(
            "/v/a-1.dist-info/RECORD",
            "a.py,,\n\"odd,name.so\",,\n../../bin/a,,\n/etc/x,,\n",
        )]);
        let one = Distribution::find("a", &["/v".into()], &files).unwrap();
        assert_eq!(
            one.files(&files).unwrap(),
            ["/v/a.py", "/v/odd,name.so"].map(PathBuf::from)
        );
        assert_eq!(one.listed(&files).unwrap().len(), 4);
    }

    #[test]
    fn older_metadata_lists_files_relative_to_itself() {
        let files = Fake::of(&[
            ("/v/a-1.egg-info/installed-files.txt", "../a.py\nPKG-INFO\n"),
            ("/v/a-1.egg-info/top_level.txt", "a\n_a\na/b\n"),
        ]);
        let one = Distribution::find("a", &["/v".into()], &files).unwrap();
        assert_eq!(one.files(&files).unwrap(), [PathBuf::from("/v/a.py")]);
        assert_eq!(one.modules(&files).unwrap(), ["a", "_a"]);
    }
}
