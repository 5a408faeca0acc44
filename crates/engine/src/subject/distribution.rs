//! The metadata of an installed package apart from its modules: its name, version and entry points, for code that asks
//! `importlib.metadata`.

use std::str::FromStr;

use anatomy::normalized_distribution;
use pep440_rs::Version;

use super::entry_points::{EntryPoints, Script};
use crate::manifest::{CargoToml, Pyproject};

/// A distribution, as its metadata describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    name: String,
    version: Version,
    entry_points: EntryPoints,
}

impl Distribution {
    /// The project's distribution, from the manifests; `None` if they don't give its version. Like maturin, it uses the crate's
    /// version, or the one that the crate takes from its `workspace`, if pyproject.toml has none, in Python's spelling
    /// (`0.1.0-alpha.1` is `0.1.0a1`).
    pub(super) fn of(
        pyproject: &Pyproject,
        cargo: &CargoToml,
        workspace: impl FnOnce() -> Option<String>,
    ) -> Option<Self> {
        let name = pyproject.name().or_else(|| cargo.package_name())?;
        let written = pyproject.version().or_else(|| cargo.version());
        let version = written.map(str::to_owned).or_else(workspace)?;
        Some(Self {
            name: name.to_owned(),
            version: Version::from_str(&version).ok()?,
            entry_points: EntryPoints::of(pyproject),
        })
    }

    /// Its name, normalized.
    pub fn normalized_name(&self) -> String {
        normalized_distribution(&self.name)
    }

    /// The directory that installers write next to the modules (packaging specifications, "Recording installed projects").
    pub fn directory(&self) -> String {
        let name = normalized_distribution(&self.name).replace('-', "_");
        format!("{name}-{}.dist-info", self.version)
    }

    /// The file `METADATA` in it (packaging specifications, "Core metadata").
    pub fn metadata(&self) -> String {
        format!(
            "Metadata-Version: 2.1\nName: {}\nVersion: {}\n",
            self.name, self.version
        )
    }

    /// The contents of its `entry_points.txt`, if it has one.
    pub fn entry_points(&self) -> Option<String> {
        self.entry_points.text()
    }

    /// Whether a program that looks for plugins, as pytest does when it starts, may find one in it.
    pub(crate) fn has_plugins(&self) -> bool {
        self.entry_points.has_plugins()
    }

    /// The commands that installers make for it.
    pub(crate) fn scripts(&self) -> impl Iterator<Item = Script> {
        self.entry_points.scripts()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crates_version_gets_pythons_spelling() {
        let of = |pyproject: &str, cargo: &str| {
            let pyproject = toml::from_str(pyproject).unwrap();
            let workspace = || Some("4.5.0".to_owned());
            Distribution::of(&pyproject, &toml::from_str(cargo).unwrap(), workspace)
        };
        let cargo = "[package]\nname = \"fast-calc\"\nversion = \"0.3.0-alpha.1\"\n";
        let found = of("[project]\nname = \"Fast.Calc\"\n", cargo).unwrap();
        assert_eq!(found.directory(), "fast_calc-0.3.0a1.dist-info");
        assert!(
            found
                .metadata()
                .ends_with("Name: Fast.Calc\nVersion: 0.3.0a1\n")
        );
        let own = of("[project]\nname = \"x\"\nversion = \"2\"\n", cargo);
        assert_eq!(own.unwrap().directory(), "x-2.dist-info");
        let inherited = "[package]\nname = \"x\"\nversion.workspace = true\n";
        assert_eq!(of("", inherited).unwrap().directory(), "x-4.5.0.dist-info");
        assert_eq!(of("", "[workspace]\n"), None);
    }
}
