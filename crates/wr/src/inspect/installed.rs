//! An installed name: a module, as Python would find it, or a distribution, as pip knows it.

use std::path::{Path, PathBuf};

use anatomy::{AbiTag, Expectation, FileName, Inspection};
use diagnostic::{Diagnostic, Severity};
use environments::Distribution;
use rayon::prelude::*;

use super::binary;
use super::disk::Disk;
use super::environment::InUse;
use super::expected;
use super::needed::Loader;
use super::place::{self, Place};
use super::promise::Promise;
use super::report::{Binary, Installed, Report, Trouble, What, shown};

/// Whether a string could be a module's or distribution's name.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Looks up a name and inspects its binaries.
pub(super) fn look_up(name: &str, in_use: &InUse) -> Result<Report, Trouble> {
    let place = place::of(name, in_use)?.ok_or_else(|| not_there(name, in_use))?;
    let expected = expected::by(in_use);
    let suffixes = &in_use.asked.interpreter.suffixes;
    let below = |path: &Path| shown(path.strip_prefix(&place.base).unwrap_or(path));
    let as_listed = |path: &Path| {
        let site = place
            .distributions
            .first()
            .map_or(&*place.base, Distribution::site);
        shown(path.strip_prefix(site).unwrap_or(path))
    };
    let loader = Loader::of_this_system();
    let looked_at: Vec<(String, Result<Inspection, String>)> = place
        .binaries
        .par_iter()
        .map(|path| {
            let expected = expected_of(path, &place, &expected, suffixes);
            let mut read = read(path, &expected);
            if let (Ok(inspection), Some(loader)) = (&mut read, &loader)
                && expected != Expectation::new()
            {
                add_missing(inspection, path, loader, in_use);
            }
            (below(path), read)
        })
        .collect();
    let mut diagnostics: Vec<Diagnostic> = place
        .groups
        .iter()
        .filter_map(|group| group.judge(&place.distributions, suffixes))
        .collect();
    for owner in &place.distributions {
        let lists = |path: &&PathBuf| owner.files(&Disk).is_some_and(|files| files.contains(path));
        let missing: Vec<String> = place
            .missing
            .iter()
            .filter(lists)
            .map(|path| as_listed(path))
            .collect();
        diagnostics.extend(engine::missing_binaries(
            &owner.name,
            &owner.version,
            &shown(&owner.list(&Disk)),
            &missing,
        ));
    }
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
    // Nothing is expected of programs, because Python doesn't import them.
    let programs = place.programs.iter().filter_map(|path| {
        let facts = read(path, &Expectation::new()).ok()?.facts;
        Some(Binary {
            path: below(path),
            facts,
        })
    });
    let promise = match place.distributions.as_slice() {
        [one] => Promise::of_metadata(
            one.text("WHEEL", &Disk).as_deref(),
            one.text("METADATA", &Disk).as_deref(),
        ),
        _ => Promise::default(),
    };
    let interpreter = &in_use.asked.interpreter;
    Ok(Report {
        target: name.to_owned(),
        path: place.path.clone(),
        what: What::Installed(Box::new(Installed {
            found_as: place.found_as,
            programs: programs.collect(),
            elsewhere: place.elsewhere.iter().map(|path| as_listed(path)).collect(),
            distributions: place
                .distributions
                .iter()
                .map(|one| (one.name.clone(), one.version.clone()))
                .collect(),
            promise,
            editable: place.editable.clone(),
            python: interpreter.executable.clone(),
            python_version: interpreter.version_text(),
            base: place.base.clone(),
            binaries,
            unreadable,
            missing: place.missing.iter().map(|path| as_listed(path)).collect(),
        })),
        diagnostics,
    })
}

/// Adds libraries that the loader doesn't find. An extension with another fault doesn't get that far.
fn add_missing(inspection: &mut Inspection, path: &Path, loader: &Loader, in_use: &InUse) {
    let mut findings = inspection.diagnostics.iter();
    if findings.all(|one| one.severity != Severity::Error) {
        let missing = loader.judge(path, &inspection.facts, in_use);
        inspection.diagnostics.extend(missing);
    }
}

fn read(path: &Path, expected: &Expectation) -> Result<Inspection, String> {
    binary::inspect(&shown(path), path, expected).map_err(|trouble| trouble.message)
}

/// Helper libraries next to extensions aren't modules, and a package may contain files for other Pythons next to those
/// for this one. These are only judged on their own, not on whether this interpreter could load them.
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

fn not_there(name: &str, in_use: &InUse) -> Trouble {
    let python = in_use.asked.interpreter.executable.display();
    let trouble = Trouble::new(
        name,
        format!(
            "there's no file with this name, and {python} has no module or distribution with it either"
        ),
    );
    let suffixes = &in_use.asked.interpreter.suffixes;
    match environments::lists_extension(name, &in_use.path.sites, suffixes, &Disk) {
        Some((one, file)) => trouble.help(format!(
            "{} {} lists `{}` in its RECORD, but the file is missing: reinstall it",
            one.name,
            one.version,
            shown(file.strip_prefix(one.site()).unwrap_or(&file))
        )),
        None => trouble.help(
            "activate the environment it's installed in, or select it with --python; for a file, pass its path",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinguished_from_paths() {
        for name in ["numpy", "pydantic-core", "numpy._core", "módulo"] {
            assert!(is_name(name), "{name}");
        }
        for text in ["", ".", "..", "./x", "a/b", "a b", "-x", "*"] {
            assert!(!is_name(text), "{text}");
        }
    }
}
