//! The metadata of an installed package: its name and version, for code that asks `importlib.metadata`.

use std::str::FromStr;

use anatomy::normalized_distribution;
use pep440_rs::Version;

use crate::manifest::{CargoToml, Pyproject};

/// A distribution, as its metadata describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    name: String,
    version: Version,
}

impl Distribution {
    /// The project's distribution, from the manifests; `None` if they don't give its version. Like maturin, it uses the crate's
    /// version if pyproject.toml has none, in Python's spelling (`0.1.0-alpha.1` is `0.1.0a1`).
    pub(super) fn of(pyproject: &Pyproject, cargo: &CargoToml) -> Option<Self> {
        let name = pyproject.name().or_else(|| cargo.package_name())?;
        let version = pyproject.version().or_else(|| cargo.version())?;
        Some(Self {
            name: name.to_owned(),
            version: Version::from_str(version).ok()?,
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crates_version_gets_pythons_spelling() {
        let of = |pyproject: &str, cargo: &str| {
            let pyproject = toml::from_str(pyproject).unwrap();
            Distribution::of(&pyproject, &toml::from_str(cargo).unwrap())
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
        assert_eq!(of("", inherited), None);
    }
}
