//! Site directories: where installed packages are, and `.pth` files.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::files::{FileKind, Files};
use crate::venv;

/// The directories of installed packages in a virtual environment (PEP 405; the documentation of `site`), whichever Python it was
/// created from: `lib/python3.12/site-packages`, or `Lib/site-packages` on Windows. Only the interpreter itself knows which of
/// them it uses, and the directories outside, whose layout distributors change: see [`SiteLayout`].
pub fn site_directories(environment: &Path, files: &dyn Files) -> Vec<PathBuf> {
    let versions = files.list(&environment.join("lib")).unwrap_or_default();
    let mut found: Vec<PathBuf> = versions
        .into_iter()
        .filter(|version| version.kind == FileKind::Directory)
        .map(|version| version.path)
        .chain([environment.join("Lib")])
        .map(|above| above.join("site-packages"))
        .filter(|site| files.is_dir(site))
        .collect();
    found.dedup();
    found
}

/// The site directories of an interpreter's build, as it reports them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SiteLayout {
    /// Those of a virtual environment, relative to it.
    pub of_environment: Vec<PathBuf>,
    /// Those outside of any: the user's own, then those of the installation.
    pub of_base: Vec<PathBuf>,
}

impl SiteLayout {
    /// The site directories that exist, in search order, for the interpreter that's started as `executable`. In a virtual
    /// environment, its own come first, and the others count only if its settings say so (PEP 405).
    pub fn site_directories(&self, executable: &Path, files: &dyn Files) -> Vec<PathBuf> {
        let (prefix, sees_base) = match venv::of_interpreter(executable, files) {
            Some((prefix, settings)) => (Some(prefix), settings.sees_base),
            None => (None, true),
        };
        let own = prefix.into_iter().flat_map(|prefix| {
            let relative = self.of_environment.iter();
            relative.map(move |dir| prefix.join(dir))
        });
        let base = self.of_base.iter().filter(|_| sees_base).cloned();
        let mut found: Vec<PathBuf> = Vec::new();
        for dir in own.chain(base) {
            if files.is_dir(&dir) && !found.contains(&dir) {
                found.push(dir);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn every_layout_is_known() {
        let files = Fake::of(&[
            ("/v/lib/python3.12/site-packages/x.py", ""),
            ("/v/lib/python3.13t/site-packages/x.py", ""),
            ("/v/lib/other/x", ""),
            ("/v/lib/note", ""),
            ("/w/Lib/site-packages/x.py", ""),
        ]);
        let of = |dir: &str| site_directories(Path::new(dir), &files);
        assert_eq!(
            of("/v"),
            ["12", "13t"]
                .map(|minor| PathBuf::from(format!("/v/lib/python3.{minor}/site-packages")))
        );
        assert_eq!(of("/w"), [PathBuf::from("/w/Lib/site-packages")]);
        assert!(of("/none").is_empty());
    }

    #[test]
    fn an_environment_sees_the_base_if_its_settings_say_so() {
        let site = "lib/python3.12/site-packages";
        let layout = SiteLayout {
            of_environment: vec![site.into(), "local/dist-packages".into()],
            of_base: vec!["/home/me/site".into(), format!("/usr/{site}").into()],
        };
        let found = |settings: Option<&str>, executable: &str| {
            let mut files = vec![
                ("/v/lib/python3.12/site-packages/x.py", ""),
                ("/usr/lib/python3.12/site-packages/x.py", ""),
                ("/home/me/site/x.py", ""),
            ];
            files.extend(settings.map(|text| ("/v/pyvenv.cfg", text)));
            layout.site_directories(Path::new(executable), &Fake::of(&files))
        };
        let base = ["/home/me/site", "/usr/lib/python3.12/site-packages"].map(PathBuf::from);
        let own = PathBuf::from("/v").join(site);
        let both = [std::slice::from_ref(&own), &base].concat();
        let program = "/v/bin/python";
        let no = "include-system-site-packages = false\n";
        let yes = "include-system-site-packages = True\n";
        assert_eq!(found(Some(no), program), std::slice::from_ref(&own));
        assert_eq!(found(Some(yes), program), both);
        // `site` assumes so if the settings don't say.
        assert_eq!(found(Some("home = /usr/bin\n"), program), both);
        assert_eq!(found(None, program), base);
        assert_eq!(found(Some(no), "/usr/bin/python"), base);
    }
}
