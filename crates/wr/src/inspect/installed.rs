//! A name that is installed: a module, as Python would find it, or a distribution, as pip knows it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anatomy::{AbiTag, Candidate, Expectation, FileName, ModuleName, judge_candidates};
use diagnostic::Diagnostic;
use rayon::prelude::*;

use super::binary;
use super::directory::{self, Enter};
use super::distribution::Distribution;
use super::environment::InUse;
use super::expected;
use super::module_search::{self, Found};
use super::report::{Binary, Installed, InstalledAs, Report, Trouble, What, shown};

/// What a name stands for in an environment.
struct Place {
    found_as: InstalledAs,
    path: Option<PathBuf>,
    /// What the paths of its binaries are shown relative to.
    base: PathBuf,
    binaries: Vec<PathBuf>,
    /// The name of the module, where it is one file that Python loads under that name.
    module: Option<ModuleName>,
    /// The modules of which there are several files.
    groups: Vec<Group>,
    distribution: Option<Distribution>,
}

/// A module and the files that Python would take for it, in the order in which it tries them.
struct Group {
    module: ModuleName,
    files: Vec<PathBuf>,
}

impl Place {
    /// A place without binaries.
    fn new(found_as: InstalledAs, base: PathBuf) -> Self {
        Self {
            found_as,
            path: None,
            base,
            binaries: Vec::new(),
            module: None,
            groups: Vec::new(),
            distribution: None,
        }
    }
}

/// Whether a text could be the name of a module or distribution.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Looks a name up and inspects the binaries that belong to it.
pub(super) fn look_up(name: &str, in_use: &InUse) -> Result<Report, Trouble> {
    let place = place_of(name, in_use)?.ok_or_else(|| not_there(name, in_use))?;
    let expected = expected::by(in_use);
    let suffixes = &in_use.asked.interpreter.suffixes;
    let looked_at: Vec<(String, Result<anatomy::Inspection, String>)> = place
        .binaries
        .par_iter()
        .map(|path| {
            let below = path.strip_prefix(&place.base).unwrap_or(path);
            let expected = expected_of(path, &place, &expected, suffixes);
            (shown(below), read(path, &expected))
        })
        .collect();
    let mut diagnostics: Vec<Diagnostic> = place.groups.iter().filter_map(shadowed).collect();
    let (mut binaries, mut unreadable) = (Vec::new(), Vec::new());
    for (path, inspection) in looked_at {
        match inspection {
            Ok(inspection) => {
                diagnostics.extend(inspection.diagnostics);
                binaries.push(Binary {
                    path,
                    facts: inspection.facts,
                });
            }
            Err(reason) => {
                diagnostics.extend(anatomy::unreadable_extension(&path, &reason));
                unreadable.push((path, reason));
            }
        }
    }
    let interpreter = &in_use.asked.interpreter;
    Ok(Report {
        target: name.to_owned(),
        path: place.path,
        what: What::Installed(Box::new(Installed {
            found_as: place.found_as,
            distribution: place.distribution.map(|found| (found.name, found.version)),
            python: interpreter.executable.clone(),
            python_version: interpreter.version_text(),
            binaries,
            unreadable,
        })),
        diagnostics,
    })
}

fn read(path: &Path, expected: &Expectation) -> Result<anatomy::Inspection, String> {
    binary::inspect(&shown(path), path, expected).map_err(|trouble| trouble.message)
}

/// Helpers beside extensions are nobody's modules, and files for other Pythons lie in one package with their twins for this
/// one: of those, only what they are is judged, and not whether this interpreter could load them.
fn expected_of(
    path: &Path,
    place: &Place,
    expected: &Expectation,
    suffixes: &[String],
) -> Expectation {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if let Some(module) = &place.module {
        return expected.clone().file_name(&name).module(module.clone());
    }
    let file = FileName::parse(&name);
    let is_for_all = matches!(file.tag(), None | Some(AbiTag::Untagged));
    let is_seen = |module: &str| {
        suffixes
            .iter()
            .any(|suffix| name.strip_suffix(suffix.as_str()) == Some(module))
    };
    let has_twin = |module: &str| {
        let dir = path.parent().unwrap_or(path);
        suffixes
            .iter()
            .any(|suffix| dir.join(format!("{module}{suffix}")).is_file())
    };
    match file.module() {
        Some(module) if is_for_all || is_seen(module) || !has_twin(module) => {
            expected.clone().file_name(&name)
        }
        _ => Expectation::new(),
    }
}

fn shadowed(group: &Group) -> Option<Diagnostic> {
    let candidates: Vec<Candidate> = group
        .files
        .iter()
        .filter_map(|path| {
            let modified = path.metadata().ok()?.modified().ok()?;
            Some(Candidate {
                path: shown(path),
                modified: modified.duration_since(UNIX_EPOCH).ok()?.as_secs(),
            })
        })
        .collect();
    judge_candidates(&group.module, &candidates)
}

/// The modules among binaries of which a directory holds several files. `base` lies above the binaries and is the package
/// `above`, or no package where that is empty.
fn groups(binaries: &[PathBuf], base: &Path, above: &str, suffixes: &[String]) -> Vec<Group> {
    let mut files: BTreeMap<PathBuf, Vec<(usize, PathBuf)>> = BTreeMap::new();
    for path in binaries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // The suffixes end alike: that which leaves the name of a module is the file's.
        let found = suffixes.iter().enumerate().find_map(|(rank, suffix)| {
            let module = name.strip_suffix(suffix.as_str())?;
            module
                .parse::<ModuleName>()
                .ok()
                .map(|module| (rank, module))
        });
        if let Some((rank, module)) = found.filter(|(_, module)| !module.as_str().contains('.')) {
            let without_suffix = path.with_file_name(module.as_str());
            let same = files.entry(without_suffix).or_default();
            same.push((rank, path.clone()));
        }
    }
    files
        .into_iter()
        .filter(|(_, files)| files.len() > 1)
        .filter_map(|(module, mut files)| {
            files.sort();
            let below = module.strip_prefix(base).unwrap_or(&module);
            let parts = below.iter().map(|part| part.to_string_lossy());
            let parts: Vec<_> = std::iter::once(above.into())
                .filter(|above: &Cow<'_, str>| !above.is_empty())
                .chain(parts)
                .collect();
            Some(Group {
                module: parts.join(".").parse().ok()?,
                files: files.into_iter().map(|(_, path)| path).collect(),
            })
        })
        .collect()
}

fn place_of(name: &str, in_use: &InUse) -> Result<Option<Place>, Trouble> {
    let interpreter = &in_use.asked.interpreter;
    if in_use.asked.built_in.iter().any(|module| module == name) {
        return Ok(Some(Place::new(InstalledAs::BuiltIn, PathBuf::new())));
    }
    if let Ok(module) = name.parse::<ModuleName>()
        && let Some(found) = module_search::find(name, &in_use.search_path, &interpreter.suffixes)
    {
        return module_place(&module, found, in_use).map(Some);
    }
    distribution_place(name, in_use)
}

fn module_place(module: &ModuleName, found: Found, in_use: &InUse) -> Result<Place, Trouble> {
    let name = module.as_str();
    let (above, _) = name.rsplit_once('.').unwrap_or_default();
    let top = name.split('.').next().unwrap_or_default();
    let parent = |path: &Path| path.parent().unwrap_or(path).to_owned();
    let suffixes = &in_use.asked.interpreter.suffixes;
    let in_dirs = |found_as: InstalledAs, dirs: Vec<PathBuf>| -> Result<Place, Trouble> {
        let mut binaries = Vec::new();
        let mut found_groups = Vec::new();
        for dir in &dirs {
            let below = directory::files(dir, Enter::All, directory::is_binary)?.0;
            found_groups.extend(groups(&below, &parent(dir), above, suffixes));
            binaries.extend(below);
        }
        let first = dirs.into_iter().next().unwrap_or_default();
        Ok(Place {
            path: Some(first.clone()),
            binaries,
            groups: found_groups,
            ..Place::new(found_as, parent(&first))
        })
    };
    let place = match found {
        Found::Extension(files) => {
            let path = files.first().cloned().unwrap_or_default();
            Place {
                binaries: vec![path.clone()],
                path: Some(path.clone()),
                groups: vec![Group {
                    module: module.clone(),
                    files,
                }],
                module: Some(module.clone()),
                ..Place::new(InstalledAs::Extension, parent(&path))
            }
        }
        Found::Source(path) => Place {
            path: Some(path.clone()),
            ..Place::new(InstalledAs::Source, parent(&path))
        },
        Found::Package(dir) => in_dirs(InstalledAs::Package, vec![dir])?,
        Found::Namespace(portions) => in_dirs(InstalledAs::Namespace, portions)?,
    };
    Ok(Place {
        distribution: Distribution::owner_of(top, &in_use.sites),
        ..place
    })
}

fn distribution_place(name: &str, in_use: &InUse) -> Result<Option<Place>, Trouble> {
    let Some(distribution) = Distribution::find(name, &in_use.sites) else {
        return Ok(None);
    };
    let suffixes = &in_use.asked.interpreter.suffixes;
    let binaries = distribution.binaries(suffixes)?;
    let site = distribution.site().to_owned();
    Ok(Some(Place {
        path: Some(distribution.info.clone()),
        groups: groups(&binaries, &site, "", suffixes),
        binaries,
        distribution: Some(distribution),
        ..Place::new(InstalledAs::Distribution, site)
    }))
}

fn not_there(name: &str, in_use: &InUse) -> Trouble {
    let python = in_use.asked.interpreter.executable.display();
    let editable = in_use.sites.iter().any(|site| {
        let start = format!("__editable___{}", name.replace('-', "_"));
        std::fs::read_dir(site)
            .into_iter()
            .flatten()
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with(&start))
    });
    let trouble = Trouble::new(
        name,
        format!(
            "there is no file of this name, and {python} has neither a module nor a distribution called so"
        ),
    );
    if editable {
        return trouble.help(
            "it is installed in a way that only its own code can resolve, which is not run: name its directory",
        );
    }
    trouble.help(
        "activate the environment that it is installed in, or name that with --python; a file is named by its path",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_paths() {
        for name in ["numpy", "pydantic-core", "numpy._core", "módulo"] {
            assert!(is_name(name), "{name}");
        }
        for text in ["", ".", "..", "./x", "a/b", "a b", "-x", "*"] {
            assert!(!is_name(text), "{text}");
        }
    }
}
