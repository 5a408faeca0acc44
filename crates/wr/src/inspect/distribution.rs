//! Distributions, as pip and system packages know them: by the metadata next to the modules.
//!
//! A `.dist-info` lists every file (PEP 376, PEP 627). An `.egg-info`, which older tools and Debian packages create,
//! may list them too, or only name the modules, or be a file with neither.

use std::path::{Component, Path, PathBuf};

use anatomy::normalized_distribution;
use anatomy::wheel::recorded;

use super::bytes;
use super::directory::{self, Enter};
use super::report::Trouble;

/// A file list has one line per file.
const LARGEST_LIST: u64 = 64 << 20;

/// A distribution.
#[derive(Debug, Clone)]
pub(super) struct Distribution {
    pub(super) name: String,
    pub(super) version: String,
    /// Its metadata: `.dist-info` or `.egg-info`.
    pub(super) info: PathBuf,
}

impl Distribution {
    /// The distribution with a name.
    pub(super) fn find(name: &str, sites: &[PathBuf]) -> Option<Self> {
        all(sites).into_iter().find(|found| same(&found.name, name))
    }

    /// The directory that it's installed in.
    pub(super) fn site(&self) -> &Path {
        self.info.parent().unwrap_or(&self.info)
    }

    /// The binaries that belong to it, sorted. `suffixes` are those of extensions.
    pub(super) fn binaries(&self, suffixes: &[String]) -> Result<Vec<PathBuf>, Trouble> {
        let mut binaries: Vec<PathBuf> = if let Some(files) = self.files() {
            let binaries = files.into_iter().filter(|path| directory::is_binary(path));
            binaries.collect()
        } else if let Some(modules) = self.modules() {
            binaries_of(&modules, self.site(), suffixes)?
        } else {
            return Err(Trouble::new(
                &self.name,
                format!(
                    "can't read in {} which files belong to the distribution",
                    self.info.display()
                ),
            )
            .help("reinstall it, or pass the module's name"));
        };
        binaries.sort();
        Ok(binaries)
    }

    /// The files that it lists in its site directory, or `None` if it has no list.
    pub(super) fn files(&self) -> Option<Vec<PathBuf>> {
        let is_below = |path: &String| {
            Path::new(path)
                .components()
                .all(|part| matches!(part, Component::Normal(_)))
        };
        let listed = self.listed()?.into_iter().filter(is_below);
        Some(listed.map(|path| self.site().join(path)).collect())
    }

    /// The files that it lists, as written, relative to its site directory. Files outside, such as programs, have paths
    /// with `..`.
    pub(super) fn listed(&self) -> Option<Vec<String>> {
        if let Some(text) = self.text("RECORD") {
            return Some(recorded(&text).map(|one| one.path).collect());
        }
        // Here the paths are relative to the metadata itself.
        let text = self.text("installed-files.txt")?;
        let paths = text.lines().filter_map(|line| line.strip_prefix("../"));
        Some(paths.map(str::to_owned).collect())
    }

    /// The file that lists its files.
    pub(super) fn list(&self) -> PathBuf {
        let record = self.info.join("RECORD");
        if record.is_file() {
            record
        } else {
            self.info.join("installed-files.txt")
        }
    }

    /// The modules that it claims to provide.
    pub(super) fn modules(&self) -> Option<Vec<String>> {
        let text = self.text("top_level.txt")?;
        let names = text.lines().map(str::trim);
        // Names with a slash exist in practice, but aren't module names.
        let is_name = |name: &&str| !name.is_empty() && !name.contains(['/', '\\', '.']);
        Some(names.filter(is_name).map(str::to_owned).collect())
    }

    /// The Pythons it claims to support: `Requires-Python`.
    pub(super) fn requires_python(&self) -> Option<String> {
        let text = self.text("METADATA").or_else(|| self.text("PKG-INFO"))?;
        text.lines()
            .take_while(|line| !line.is_empty())
            .find_map(|line| line.strip_prefix("Requires-Python:"))
            .map(|value| value.trim().to_owned())
    }

    /// One of its metadata files.
    pub(super) fn text(&self, file: &str) -> Option<String> {
        bytes::text(&self.info.join(file), LARGEST_LIST)
    }

    /// Parses the name and the version from the metadata's name, `fast-1.0.dist-info` or `fast-1.0-py3.11.egg-info`.
    fn at(info: PathBuf) -> Option<Self> {
        let file = info.file_name()?.to_str()?;
        if let Some(stem) = file.strip_suffix(".dist-info") {
            let (name, version) = stem.rsplit_once('-')?;
            return Some(Self {
                name: name.to_owned(),
                version: version.to_owned(),
                info,
            });
        }
        let mut parts = file.strip_suffix(".egg-info")?.split('-');
        let name = parts.next()?.to_owned();
        let version = match parts.next() {
            Some(version) => version.to_owned(),
            None => version_in_metadata(&info)?,
        };
        Some(Self {
            name,
            version,
            info,
        })
    }
}

/// The version in the metadata itself, if the directory's name has none, as created by `setup.py develop`.
fn version_in_metadata(info: &Path) -> Option<String> {
    let text = bytes::text(&info.join("PKG-INFO"), LARGEST_LIST)?;
    let version = text
        .lines()
        .find_map(|line| line.strip_prefix("Version:"))?;
    Some(version.trim().to_owned())
}

/// The modules' binaries in a directory. `suffixes` are those of extensions.
pub(super) fn binaries_of(
    modules: &[String],
    dir: &Path,
    suffixes: &[String],
) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    for module in modules {
        let package = dir.join(module);
        if package.is_dir() {
            found.extend(directory::files(&package, Enter::All, directory::is_binary)?.0);
        }
        let files = suffixes
            .iter()
            .map(|suffix| dir.join(format!("{module}{suffix}")));
        found.extend(files.filter(|file| file.is_file()));
    }
    Ok(found)
}

/// All distributions; in each directory, those with a file list come first.
pub(super) fn all(sites: &[PathBuf]) -> Vec<Distribution> {
    sites
        .iter()
        .flat_map(|site| {
            let mut infos: Vec<PathBuf> = std::fs::read_dir(site)
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| entry.path())
                .collect();
            infos.sort();
            let (dist, egg): (Vec<_>, Vec<_>) = infos
                .into_iter()
                .filter_map(Distribution::at)
                .partition(|found| found.info.extension().is_some_and(|it| it == "dist-info"));
            dist.into_iter().chain(egg)
        })
        .collect()
}

/// Whether two spellings name the same distribution.
pub(super) fn same(a: &str, b: &str) -> bool {
    normalized_distribution(a) == normalized_distribution(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_recognised_by_its_name() {
        let read = |name: &str| {
            let found = Distribution::at(PathBuf::from(name))?;
            Some(format!("{} {}", found.name, found.version))
        };
        assert_eq!(read("a_b-1.0.dist-info").as_deref(), Some("a_b 1.0"));
        assert_eq!(
            read("lazr.uri-1.0.6.egg-info").as_deref(),
            Some("lazr.uri 1.0.6")
        );
        assert_eq!(
            read("toml-0.10.2-py3.11.egg-info").as_deref(),
            Some("toml 0.10.2")
        );
        assert_eq!(read("toml"), None);
    }
}
