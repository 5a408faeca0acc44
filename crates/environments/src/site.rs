//! The site directories of a virtual environment, according to its layout.

use std::path::{Path, PathBuf};

use crate::files::{FileKind, Files};

/// The directories of installed packages in a virtual environment (PEP 405; the documentation of `site`), whichever Python it was
/// created from: `lib/python3.12/site-packages`, or `Lib/site-packages` on Windows. Only the interpreter itself knows the
/// directories outside, whose layout distributors change.
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
}
