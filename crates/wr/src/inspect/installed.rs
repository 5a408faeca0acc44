//! A name that is installed: a module, as Python would find it, or a distribution, as pip knows it.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anatomy::wheel::recorded;
use anatomy::{
    AbiTag, Candidate, Expectation, FileName, ModuleName, inspect, judge_candidates,
    normalized_distribution,
};
use diagnostic::Diagnostic;
use rayon::prelude::*;

use super::bytes;
use super::directory::{self, Enter};
use super::environment::InUse;
use super::expected;
use super::module_search::{self, Found};
use super::report::{Binary, Installed, InstalledAs, Report, Trouble, What, shown};

/// A `RECORD` has a line for each file.
const LARGEST_RECORD: u64 = 64 << 20;

/// What a name stands for in an environment.
struct Place {
    found_as: InstalledAs,
    path: Option<PathBuf>,
    /// What the paths of its binaries are shown relative to.
    base: PathBuf,
    binaries: Vec<PathBuf>,
    /// The name of the module, where it is one file that Python loads under that name.
    module: Option<ModuleName>,
    /// What Python would load in the place of that file, were it not there.
    candidates: Vec<PathBuf>,
    distribution: Option<Distribution>,
}

/// A distribution's metadata (PEP 376, PEP 627).
#[derive(Debug, Clone)]
struct Distribution {
    name: String,
    version: String,
    /// Its `.dist-info`.
    info: PathBuf,
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
    let mut diagnostics: Vec<Diagnostic> = shadowed(&place).into_iter().collect();
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
    let bytes = bytes::of_binary(path).map_err(|trouble| trouble.message)?;
    inspect(&bytes, expected).map_err(|error| error.to_string())
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

fn shadowed(place: &Place) -> Option<Diagnostic> {
    let module = place.module.as_ref()?;
    let candidates: Vec<Candidate> = place
        .candidates
        .iter()
        .filter_map(|path| {
            let modified = path.metadata().ok()?.modified().ok()?;
            Some(Candidate {
                path: shown(path),
                modified: modified.duration_since(UNIX_EPOCH).ok()?.as_secs(),
            })
        })
        .collect();
    judge_candidates(module, &candidates)
}

fn place_of(name: &str, in_use: &InUse) -> Result<Option<Place>, Trouble> {
    let interpreter = &in_use.asked.interpreter;
    if in_use.asked.built_in.iter().any(|module| module == name) {
        return Ok(Some(Place {
            found_as: InstalledAs::BuiltIn,
            path: None,
            base: PathBuf::new(),
            binaries: Vec::new(),
            module: None,
            candidates: Vec::new(),
            distribution: None,
        }));
    }
    if let Ok(module) = name.parse::<ModuleName>()
        && let Some(found) = module_search::find(name, &in_use.search_path, &interpreter.suffixes)
    {
        return module_place(module, found, in_use).map(Some);
    }
    distribution_place(name, in_use)
}

fn module_place(module: ModuleName, found: Found, in_use: &InUse) -> Result<Place, Trouble> {
    let top = module.as_str().split('.').next().unwrap_or_default();
    let distribution = owner_of(top, &in_use.sites);
    let parent = |path: &Path| path.parent().unwrap_or(path).to_owned();
    Ok(match found {
        Found::Extension(candidates) => {
            let path = candidates.first().cloned().unwrap_or_default();
            Place {
                found_as: InstalledAs::Extension,
                base: parent(&path),
                binaries: vec![path.clone()],
                path: Some(path),
                module: Some(module),
                candidates,
                distribution,
            }
        }
        Found::Source(path) => Place {
            found_as: InstalledAs::Source,
            base: parent(&path),
            path: Some(path),
            binaries: Vec::new(),
            module: None,
            candidates: Vec::new(),
            distribution,
        },
        Found::Package(dir) => Place {
            found_as: InstalledAs::Package,
            base: parent(&dir),
            binaries: directory::files(&dir, Enter::All, directory::is_binary)?.0,
            path: Some(dir),
            module: None,
            candidates: Vec::new(),
            distribution,
        },
        Found::Namespace(portions) => {
            let mut binaries = Vec::new();
            for dir in &portions {
                binaries.extend(directory::files(dir, Enter::All, directory::is_binary)?.0);
            }
            let first = portions.first().cloned().unwrap_or_default();
            Place {
                found_as: InstalledAs::Namespace,
                base: parent(&first),
                path: Some(first),
                binaries,
                module: None,
                candidates: Vec::new(),
                distribution,
            }
        }
    })
}

fn distribution_place(name: &str, in_use: &InUse) -> Result<Option<Place>, Trouble> {
    let Some(distribution) = distributions(&in_use.sites).find(|found| same(&found.name, name))
    else {
        return Ok(None);
    };
    let site = distribution
        .info
        .parent()
        .unwrap_or(&distribution.info)
        .to_owned();
    let record = distribution.info.join("RECORD");
    let text = bytes::text(&record, LARGEST_RECORD).ok_or_else(|| {
        Trouble::new(name, format!("{} cannot be read", record.display())).help(
            "which files belong to the distribution stands there; install it anew, or name the module",
        )
    })?;
    // What lies outside the site directory, such as a program, is reached by `..`, which is not followed.
    let mut binaries: Vec<PathBuf> = recorded(&text)
        .map(|one| PathBuf::from(one.path))
        .filter(|path| {
            path.components()
                .all(|part| matches!(part, std::path::Component::Normal(_)))
        })
        .filter(|path| directory::is_binary(path))
        .map(|path| site.join(path))
        .collect();
    binaries.sort();
    Ok(Some(Place {
        found_as: InstalledAs::Distribution,
        path: Some(distribution.info.clone()),
        base: site,
        binaries,
        module: None,
        candidates: Vec::new(),
        distribution: Some(distribution),
    }))
}

fn distributions(sites: &[PathBuf]) -> impl Iterator<Item = Distribution> {
    sites
        .iter()
        .flat_map(|site| std::fs::read_dir(site).into_iter().flatten().flatten())
        .filter_map(|entry| {
            let info = entry.path();
            let (name, version) = info
                .file_name()?
                .to_str()?
                .strip_suffix(".dist-info")?
                .rsplit_once('-')?;
            Some(Distribution {
                name: name.to_owned(),
                version: version.to_owned(),
                info,
            })
        })
}

/// The distribution that installed a module: one of the same name, else the one that lists it.
fn owner_of(module: &str, sites: &[PathBuf]) -> Option<Distribution> {
    let all: Vec<Distribution> = distributions(sites).collect();
    let lists_it = |found: &&Distribution| {
        let text = bytes::text(&found.info.join("RECORD"), LARGEST_RECORD).unwrap_or_default();
        recorded(&text).any(|one| {
            one.path
                .strip_prefix(module)
                .is_some_and(|rest| rest.starts_with(['/', '.']))
        })
    };
    all.iter()
        .find(|found| same(&found.name, module))
        .or_else(|| all.iter().find(lists_it))
        .cloned()
}

/// Whether two spellings name one distribution.
fn same(a: &str, b: &str) -> bool {
    normalized_distribution(a) == normalized_distribution(b)
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
