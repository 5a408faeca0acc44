//! Modules with several files, where Python uses the first one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anatomy::{Candidate, ModuleName, judge_candidates};
use diagnostic::Diagnostic;
use environments::{Distribution, module_search};

use super::disk::Disk;
use super::report::shown;

/// A module and the files that Python would accept for it, in the order it tries them.
pub(super) struct Group {
    pub(super) module: ModuleName,
    pub(super) files: Vec<PathBuf>,
}

impl Group {
    /// The finding that a newer file is never reached. A source that its distribution installs along with the extension
    /// built from it comes second on purpose.
    pub(super) fn judge(&self, owners: &[Distribution], suffixes: &[String]) -> Option<Diagnostic> {
        let files: Vec<&PathBuf> = self
            .files
            .iter()
            .enumerate()
            .filter(|(at, file)| {
                *at == 0 || is_extension(file, suffixes) || !self.is_meant(file, owners)
            })
            .map(|(_, file)| file)
            .collect();
        if !files.iter().any(|file| is_extension(file, suffixes)) {
            return None;
        }
        let candidates: Vec<Candidate> = files
            .into_iter()
            .filter_map(|path| {
                let modified = path.metadata().ok()?.modified().ok()?;
                Some(Candidate {
                    path: shown(path),
                    modified: modified.duration_since(UNIX_EPOCH).ok()?.as_secs(),
                })
            })
            .collect();
        judge_candidates(&self.module, &candidates)
    }

    fn is_meant(&self, source: &PathBuf, owners: &[Distribution]) -> bool {
        self.files.len() > 1
            && owners.iter().any(|one| {
                let files = one.files(&Disk).unwrap_or_default();
                files.contains(source)
                    && self
                        .files
                        .first()
                        .is_some_and(|first| files.contains(first))
            })
    }
}

fn is_extension(file: &Path, suffixes: &[String]) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    suffixes
        .iter()
        .any(|suffix| name.ends_with(suffix.as_str()))
}

/// The modules that have an extension and other files in a directory. `base` is above the binaries and is the package
/// `above`, or not a package if that's empty.
pub(super) fn groups(
    binaries: &[PathBuf],
    base: &Path,
    above: &str,
    suffixes: &[String],
) -> Vec<Group> {
    let modules: BTreeSet<(PathBuf, String)> = binaries
        .iter()
        .filter_map(|path| {
            let name = path.file_name()?.to_string_lossy();
            // The suffixes share their endings: the right one is the one that leaves a module's name.
            let module = suffixes.iter().find_map(|suffix| {
                let module = name.strip_suffix(suffix.as_str())?;
                let is_one = module.parse::<ModuleName>().is_ok() && !module.contains('.');
                is_one.then(|| module.to_owned())
            })?;
            Some((path.parent()?.to_owned(), module))
        })
        .collect();
    modules
        .into_iter()
        .filter_map(|(dir, module)| {
            let files = module_search::in_directory(&dir, &module, suffixes, &Disk);
            let below = dir.strip_prefix(base).unwrap_or(&dir);
            let mut parts: Vec<String> = below
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            if !above.is_empty() {
                parts.insert(0, above.to_owned());
            }
            parts.push(module);
            let module = parts.join(".").parse().ok()?;
            (files.len() > 1).then_some(Group { module, files })
        })
        .collect()
}
