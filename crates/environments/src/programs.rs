//! Programs that a distribution installs, which are outside its site directory.

use std::path::{Component, Path, PathBuf};

use crate::distribution::Distribution;
use crate::files::Files;

impl Distribution {
    /// The listed files that may be machine code programs: in its site directory, or where its environment has programs.
    /// Whether they are, only their contents show.
    pub fn possible_programs(&self, files: &dyn Files) -> Vec<PathBuf> {
        let site = self.site();
        self.listed(files)
            .unwrap_or_default()
            .iter()
            .map(Path::new)
            .filter(|path| could_be_one(path))
            .filter_map(|path| within(site, path))
            .filter(|path| path.starts_with(site) || is_of_environment(site, path))
            .filter(|path| !path.starts_with(&self.info))
            .collect()
    }
}

/// Windows programs that a distribution installs on every system, such as setuptools' launchers, are just data
/// elsewhere.
fn could_be_one(path: &Path) -> bool {
    path.extension()
        .is_none_or(|ending| cfg!(windows) && ending.eq_ignore_ascii_case("exe"))
}

/// A listed path, with `..` resolved by name.
fn within(site: &Path, listed: &Path) -> Option<PathBuf> {
    let mut path = site.to_owned();
    for part in listed.components() {
        match part {
            Component::Normal(name) => path.push(name),
            Component::ParentDir if path.pop() => {}
            Component::CurDir => {}
            _ => return None,
        }
    }
    Some(path)
}

/// Whether it's where an installer puts an environment's programs: in `bin` next to the `lib` that contains the site
/// directory. A list may name anything else, but that isn't one of the environment's programs.
fn is_of_environment(site: &Path, path: &Path) -> bool {
    let Some(dir) = path.parent() else {
        return false;
    };
    let prefix = dir.parent().unwrap_or(dir);
    (dir.ends_with("bin") || dir.ends_with("Scripts"))
        && ["lib", "lib64", "Lib"]
            .iter()
            .any(|lib| site.starts_with(prefix.join(lib)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_in_their_environment() {
        let site = Path::new("/e/lib/python3.12/site-packages");
        let is = |listed: &str| {
            within(site, Path::new(listed)).is_some_and(|path| is_of_environment(site, &path))
        };
        assert!(is("../../../bin/ruff"));
        for listed in [
            "../../../../bin/ls",
            "/bin/ls",
            "../../../etc/x",
            "../../../../../../../bin/ls",
        ] {
            assert!(!is(listed), "{listed}");
        }
    }
}
