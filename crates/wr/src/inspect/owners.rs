//! The distributions that a module belongs to: those that list its files, not those that share a namespace with it.

use std::path::{Path, PathBuf};

use super::distribution::{self, Distribution};
use super::editable;
use super::environment::InUse;
use super::module_search::{self, Found};

/// The distributions that installed a module: usually one, several for a shared namespace, and none for files that no
/// installer put there.
pub(super) fn of(module: &str, found: &Found, in_use: &InUse) -> Vec<Distribution> {
    let all = distribution::all(&in_use.sites);
    let who = |lists: &dyn Fn(&Path) -> bool| -> Vec<Distribution> {
        let owns = |one: &&Distribution| {
            one.files()
                .is_some_and(|files| files.iter().any(|file| lists(file)))
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
    let place = match found {
        Found::Extension(path) | Found::Source(path) | Found::Package(path) => path.clone(),
        Found::Namespace(portions) => portions.first().cloned().unwrap_or_default(),
    };
    let in_place = all.iter().find(|one| {
        editable::of(one, in_use)
            .is_some_and(|source| source.directories.iter().any(|dir| place.starts_with(dir)))
    });
    in_place
        .or_else(|| without_list(module, &all))
        .cloned()
        .into_iter()
        .collect()
}

/// Older or damaged metadata doesn't list files; in that case names decide.
fn without_list<'d>(module: &str, all: &'d [Distribution]) -> Option<&'d Distribution> {
    let top = module.split('.').next().unwrap_or_default();
    let brings = |one: &&Distribution| {
        one.modules()
            .is_some_and(|modules| modules.iter().any(|name| name == top))
    };
    let mut silent = all.iter().filter(|one| one.listed().is_none());
    silent
        .clone()
        .find(|one| distribution::same(&one.name, top))
        .or_else(|| silent.find(brings))
}

fn is_init_of(dir: &Path, listed: &Path) -> bool {
    listed.parent() == Some(dir)
        && listed
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("__init__."))
}

/// The outermost package that contains a file or directory, or is that directory; `None` if there isn't one.
pub(super) fn outermost_package(path: &Path, suffixes: &[String]) -> Option<PathBuf> {
    path.ancestors()
        .skip_while(|dir| !dir.is_dir())
        .take_while(|dir| module_search::init_of(dir, suffixes).is_some())
        .last()
        .map(Path::to_owned)
}
