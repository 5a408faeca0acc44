//! The distributions that a module belongs to: those that list its files, not those that share a namespace with it.

use std::path::{Path, PathBuf};

use crate::distribution::{self, Distribution};
use crate::editable::Editable;
use crate::files::Files;
use crate::module_search::{self, Found};
use crate::search_path::SearchPath;

/// The distributions that installed a module: usually one, several for a shared namespace, and none for files that no
/// installer put there.
pub fn of(module: &str, found: &Found, path: &SearchPath, files: &dyn Files) -> Vec<Distribution> {
    let all = Distribution::all(&path.sites, files);
    let who = |lists: &dyn Fn(&Path) -> bool| -> Vec<Distribution> {
        let owns = |one: &&Distribution| {
            one.files(files)
                .is_some_and(|listed| listed.iter().any(|file| lists(file)))
        };
        all.iter().filter(owns).cloned().collect()
    };
    let owners = match found {
        Found::Extension(file) | Found::Source(file) => who(&|listed| listed == file),
        Found::Package(dir) => {
            let by_init = who(&|listed| is_init_of(dir, listed));
            // A package whose sources a cleanup tool removed still belongs to its distribution.
            if by_init.is_empty() {
                who(&|listed| listed.starts_with(dir))
            } else {
                by_init
            }
        }
        Found::Namespace(portions) => {
            who(&|listed| portions.iter().any(|dir| listed.starts_with(dir)))
        }
    };
    if !owners.is_empty() {
        return owners;
    }
    let location = match found {
        Found::Extension(path) | Found::Source(path) | Found::Package(path) => path.clone(),
        Found::Namespace(portions) => portions.first().cloned().unwrap_or_default(),
    };
    let in_place = all.iter().find(|one| {
        Editable::of(one, &path.site_directories, files).is_some_and(|source| {
            source
                .directories
                .iter()
                .any(|dir| location.starts_with(dir))
        })
    });
    in_place
        .or_else(|| without_list(module, &all, files))
        .cloned()
        .into_iter()
        .collect()
}

/// Older or damaged metadata doesn't list files; in that case names decide.
fn without_list<'d>(
    module: &str,
    all: &'d [Distribution],
    files: &dyn Files,
) -> Option<&'d Distribution> {
    let top = module.split('.').next().unwrap_or_default();
    let brings = |one: &&Distribution| {
        one.modules(files)
            .is_some_and(|modules| modules.iter().any(|name| name == top))
    };
    let mut silent = all.iter().filter(|one| one.listed(files).is_none());
    silent
        .clone()
        .find(|one| distribution::same(&one.name, top))
        .or_else(|| silent.find(brings))
}

/// The distribution that provides a module found only by an import hook.
pub fn behind_a_hook(module: &str, path: &SearchPath, files: &dyn Files) -> Option<Distribution> {
    let top = module.split('.').next().unwrap_or_default();
    Distribution::all(&path.sites, files)
        .into_iter()
        .find(|one| {
            let brings_it = one
                .modules(files)
                .is_some_and(|modules| modules.iter().any(|name| name == top));
            let source = || Editable::of(one, &path.site_directories, files);
            brings_it && source().is_some_and(|source| source.hook)
        })
}

/// The distribution that lists an extension for a module, whether the file exists or not, and that file.
pub fn lists_extension(
    module: &str,
    sites: &[PathBuf],
    suffixes: &[String],
    files: &dyn Files,
) -> Option<(Distribution, PathBuf)> {
    let below: PathBuf = module.split('.').collect();
    let is_it = |file: &Path, site: &Path| {
        let named = |suffix: &String| site.join(format!("{}{suffix}", below.display()));
        suffixes.iter().any(|suffix| named(suffix) == file)
    };
    Distribution::all(sites, files).into_iter().find_map(|one| {
        let listed = one.files(files)?;
        let file = listed.into_iter().find(|file| is_it(file, one.site()))?;
        Some((one, file))
    })
}

fn is_init_of(dir: &Path, listed: &Path) -> bool {
    listed.parent() == Some(dir)
        && listed
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("__init__."))
}

/// The outermost package that contains a file or directory, or is that directory; `None` if there isn't one.
pub fn outermost_package(path: &Path, suffixes: &[String], files: &dyn Files) -> Option<PathBuf> {
    path.ancestors()
        .skip_while(|dir| !files.is_dir(dir))
        .take_while(|dir| module_search::init_of(dir, suffixes, files).is_some())
        .last()
        .map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    fn owners(module: &str, files: &[(&str, &str)]) -> Vec<String> {
        let files = Fake::of(files);
        let sites = [PathBuf::from("/v/site")];
        let path = SearchPath::new([], &[], &sites, &files);
        let found = module_search::find(module, &path.entries, &[".so".to_owned()], &files);
        let owners = of(module, &found.unwrap(), &path, &files);
        owners.into_iter().map(|one| one.name).collect()
    }

    #[test]
    fn a_package_belongs_to_the_distribution_that_lists_its_init() {
        let files = [
            ("/v/site/fast/__init__.py", ""),
            ("/v/site/fast/plugin.so", ""),
            ("/v/site/a-1.dist-info/RECORD", "fast/plugin.so,,\n"),
            ("/v/site/b-1.dist-info/RECORD", "fast/__init__.py,,\n"),
        ];
        assert_eq!(owners("fast", &files), ["b"]);
        assert_eq!(owners("fast.plugin", &files), ["a"]);
    }

    #[test]
    fn a_namespace_belongs_to_several() {
        let files = [
            ("/v/site/shared/a.py", ""),
            ("/v/site/shared/b.py", ""),
            ("/v/site/a-1.dist-info/RECORD", "shared/a.py,,\n"),
            ("/v/site/b-1.dist-info/RECORD", "shared/b.py,,\n"),
            ("/v/site/c-1.dist-info/RECORD", "shared.py,,\n"),
        ];
        assert_eq!(owners("shared", &files), ["a", "b"]);
    }

    #[test]
    fn names_decide_if_nothing_is_listed() {
        let files = [
            ("/v/site/fast.py", ""),
            ("/v/site/slow.py", ""),
            ("/v/site/other-1.egg-info/top_level.txt", "fast\n"),
            ("/v/site/slow-1.egg-info/PKG-INFO", ""),
        ];
        assert_eq!(owners("fast", &files), ["other"]);
        assert_eq!(owners("slow", &files), ["slow"]);
    }

    #[test]
    fn a_hook_provides_the_modules_that_its_distribution_names() {
        let files = Fake::of(&[
            ("/v/site/__editable__.hooked-1.pth", "import hook"),
            (
                "/v/site/hooked-1.dist-info/RECORD",
                "__editable__.hooked-1.pth,,\n",
            ),
            ("/v/site/hooked-1.dist-info/top_level.txt", "fast\n"),
            ("/v/site/other-1.dist-info/top_level.txt", "slow\n"),
        ]);
        let path = SearchPath::new([], &[], &["/v/site".into()], &files);
        let name = |module: &str| behind_a_hook(module, &path, &files).map(|one| one.name);
        assert_eq!(name("fast.core").as_deref(), Some("hooked"));
        assert_eq!(name("slow"), None);
    }

    #[test]
    fn a_listed_extension_may_be_missing() {
        let files = Fake::of(&[(
            "/v/site/fast-1.dist-info/RECORD",
            "fast/core.abi3.so,,\nfast/other.py,,\n",
        )]);
        let find = |module: &str| {
            let suffixes = [".abi3.so".to_owned()];
            lists_extension(module, &["/v/site".into()], &suffixes, &files).map(|(_, file)| file)
        };
        assert_eq!(find("fast.core"), Some("/v/site/fast/core.abi3.so".into()));
        assert_eq!(find("fast.other"), None);
    }
}
