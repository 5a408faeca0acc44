//! Editable installs (PEP 660): Python imports from the project's own directory.
//!
//! A `.pth` file names the directory, or runs code that installs an import hook. The former is followed; the latter
//! isn't run, which leaves the project's directory as recorded by the installer (PEP 610).

use std::path::PathBuf;

use crate::direct_url::editable_project;
use crate::distribution::Distribution;
use crate::files::Files;
use crate::pth::PthFile;

/// Where an editable install is imported from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editable {
    /// The project directories with its modules, otherwise the project's own directory, if known.
    pub directories: Vec<PathBuf>,
    /// Whether an import hook finds its modules, which is code that isn't run.
    pub hook: bool,
}

impl Editable {
    /// Where a distribution is imported from; `None` if that's the site directory, as usual. `site_directories` are those
    /// whose `.pth` files Python reads.
    pub fn of(one: &Distribution, site_directories: &[PathBuf], files: &dyn Files) -> Option<Self> {
        // `setup.py develop` puts its metadata into the project itself.
        let is_in_project = one.info.extension().is_some_and(|it| it == "egg-info")
            && !site_directories.iter().any(|site| site == one.site());
        if is_in_project {
            return Some(Self {
                directories: vec![one.site().to_owned()],
                hook: false,
            });
        }
        let listed = one.files(files).unwrap_or_default();
        let project = one
            .text("direct_url.json", files)
            .and_then(|text| editable_project(&text))
            .filter(|dir| files.is_dir(dir));
        let is_marked = |file: &PathBuf| {
            let name = file.file_name().unwrap_or_default();
            name.to_string_lossy().starts_with("__editable__")
        };
        if project.is_none() && !listed.iter().any(is_marked) {
            return None;
        }
        let pth_files: Vec<PthFile> = listed
            .iter()
            .filter(|file| file.parent() == Some(one.site()) && PthFile::is_one(file))
            .map(|file| PthFile::read(file, files))
            .collect();
        let mut directories: Vec<PathBuf> = Vec::new();
        for dir in pth_files.iter().flat_map(|file| file.directories(files)) {
            if !directories.contains(dir) {
                directories.push(dir.clone());
            }
        }
        let hook = pth_files.iter().any(|file| !file.code().is_empty());
        if directories.is_empty() {
            directories.extend(project);
        }
        Some(Self { directories, hook })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    const SITE: &str = "/v/site";
    const NOTE: &str = r#"{"url": "file:///p", "dir_info": {"editable": true}}"#;

    fn of(name: &str, files: &[(&str, &str)]) -> Option<Editable> {
        let files = Fake::of(files);
        let sites = [PathBuf::from(SITE)];
        let searched = [PathBuf::from(SITE), "/p".into()];
        let one = Distribution::find(name, &searched, &files).unwrap();
        Editable::of(&one, &sites, &files)
    }

    #[test]
    fn maturin_names_the_directory_in_a_pth_file() {
        let found = of(
            "fast",
            &[
                ("/v/site/fast.pth", "/p/python"),
                ("/v/site/fast-1.dist-info/RECORD", "fast.pth,,\n"),
                ("/v/site/fast-1.dist-info/direct_url.json", NOTE),
                ("/p/python/fast/__init__.py", ""),
            ],
        );
        let expected = Editable {
            directories: vec!["/p/python".into()],
            hook: false,
        };
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn a_hook_leaves_the_recorded_project() {
        let found = of(
            "fast",
            &[
                ("/v/site/__editable__.fast-1.pth", "import hook"),
                (
                    "/v/site/fast-1.dist-info/RECORD",
                    "__editable__.fast-1.pth,,\n",
                ),
                ("/v/site/fast-1.dist-info/direct_url.json", NOTE),
                ("/p/x", ""),
            ],
        );
        let expected = Editable {
            directories: vec!["/p".into()],
            hook: true,
        };
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn setuptools_develop_puts_the_metadata_into_the_project() {
        let files = [("/p/fast.egg-info/PKG-INFO", "Version: 2\n\n")];
        let found = of("fast", &files).unwrap();
        assert_eq!(found.directories, [PathBuf::from("/p")]);
        let installed = [("/v/site/fast.egg-info/PKG-INFO", "Version: 2\n\n")];
        assert_eq!(of("fast", &installed), None);
    }

    #[test]
    fn an_ordinary_install_is_not_editable() {
        let files = [("/v/site/fast-1.dist-info/RECORD", "fast.py,,\nfast.pth,,\n")];
        assert_eq!(of("fast", &files), None);
    }
}
