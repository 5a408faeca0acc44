//! The parts of PyO3 behind a feature that is off: its macros, and conversions of other crates' types.

use anatomy::python_api::{CONVERSIONS, Conversion};
use diagnostic::{Diagnostic, Evidence};

use super::sources::{Sources, TypeOrigin, words};
use super::words::between;
use crate::build::CompilerError;
use crate::rules::pyo3_feature_missing;

/// The attributes and macros that come with PyO3's feature `macros`.
const MACROS: [&str; 8] = [
    "pyclass",
    "pyfunction",
    "pymethods",
    "pymodule",
    "pymodule_export",
    "pymodule_init",
    "pyo3",
    "wrap_pyfunction",
];

/// The derives that the same feature adds.
const DERIVES: [&str; 3] = ["FromPyObject", "IntoPyObject", "IntoPyObjectRef"];

/// How many places of one cause are listed.
const MOST_PLACES: usize = 5;

/// A feature that an error asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct MissingFeature {
    feature: &'static str,
    /// What needs it.
    name: String,
    /// The first version of PyO3 that has it, if the one in use is older.
    upgrade_to: Option<u32>,
}

/// The errors, divided by whether a missing feature explains them.
pub(super) struct Explained<'e> {
    pub(super) findings: Vec<Diagnostic>,
    /// The errors that remain.
    pub(super) rest: Vec<&'e CompilerError>,
    /// Whether a macro didn't write code that other code needs.
    pub(super) leaves_a_gap: bool,
}

/// Explains the errors that a missing feature causes.
pub(super) fn explain<'e>(errors: Vec<&'e CompilerError>, sources: &Sources<'_>) -> Explained<'e> {
    let mut lacks: Vec<(MissingFeature, Option<Evidence>)> = Vec::new();
    let mut rest = Vec::new();
    for error in errors {
        match lack(error, sources) {
            Some(lack) => lacks.push((lack, place(error))),
            None => rest.push(error),
        }
    }
    let leaves_a_gap = lacks
        .iter()
        .any(|(lack, _)| ["macros", "experimental-async"].contains(&lack.feature));
    // About a type that doesn't convert, PyO3's macro also says that the result has no `map_err`.
    rest.retain(|error| {
        let names = || lacks.iter().map(|(lack, _)| lack.name.as_str());
        let is_about = |text: &str| words(text).any(|word| names().any(|name| name == word));
        let is_consequence =
            error.message.contains("no method named `map_err`") && is_about(&error.message);
        let has_no_macros = lacks.iter().any(|(lack, _)| lack.feature == "macros");
        !(is_consequence || (has_no_macros && lost(error)))
    });
    let (old, off): (Vec<_>, Vec<_>) = lacks
        .into_iter()
        .partition(|(lack, _)| lack.upgrade_to.is_some());
    let mut findings = Vec::new();
    if !off.is_empty() {
        // One line of the manifest turns all of them on.
        let features = distinct(off.iter().map(|(lack, _)| lack.feature));
        let names = distinct(off.iter().map(|(lack, _)| lack.name.as_str()));
        let dependencies = sources.dependencies;
        findings.push(pyo3_feature_missing::finding(
            &features,
            &names,
            places(&off),
            dependencies,
        ));
    }
    for feature in distinct(old.iter().map(|(lack, _)| lack.feature)) {
        let of_it: Vec<_> = old
            .iter()
            .filter(|(lack, _)| lack.feature == feature)
            .cloned()
            .collect();
        let since = of_it[0].0.upgrade_to.unwrap_or_default();
        let names = distinct(of_it.iter().map(|(lack, _)| lack.name.as_str()));
        findings.push(pyo3_feature_missing::too_old(
            feature,
            since,
            &names,
            places(&of_it),
            sources.dependencies,
        ));
    }
    Explained {
        findings,
        rest,
        leaves_a_gap,
    }
}

/// Whether an error only misses code that the macros would have written or imported.
fn lost(error: &CompilerError) -> bool {
    let message = &error.message;
    message.starts_with("unresolved import `pyo3::py") || message.starts_with("cannot find ")
}

fn lack(error: &CompilerError, sources: &Sources<'_>) -> Option<MissingFeature> {
    let pyo3 = sources.dependencies.pyo3()?;
    if pyo3.has_feature("full") {
        return None;
    }
    if let Some(name) = missing_macro(error) {
        let has_macros = pyo3.has_defaults()
            || pyo3.has_feature("macros")
            || pyo3.has_feature("experimental-async");
        return (!has_macros).then_some(MissingFeature {
            feature: "macros",
            name,
            upgrade_to: None,
        });
    }
    if error
        .message
        .contains("with the `experimental-async` feature")
        || error
            .message
            .contains("requires the `experimental-async` feature")
    {
        return Some(MissingFeature {
            feature: "experimental-async",
            name: "async fn".to_owned(),
            upgrade_to: None,
        });
    }
    if let Some(found) = extension_trait(error).or_else(|| serializer(error)) {
        return (!pyo3.has_feature(found.feature)).then_some(found);
    }
    let written = unconvertible(error)?;
    let (conversion, name) = conversion_of(written, sources)?;
    if pyo3.has_feature(conversion.feature) {
        return None;
    }
    let minor = sources.dependencies.pyo3_minor();
    Some(MissingFeature {
        feature: conversion.feature,
        name,
        upgrade_to: minor
            .is_some_and(|minor| minor < conversion.since)
            .then_some(conversion.since),
    })
}

/// One of PyO3's macros that isn't found.
fn missing_macro(error: &CompilerError) -> Option<String> {
    let message = &error.message;
    let rest = message
        .strip_prefix("cannot find attribute `")
        .or_else(|| message.strip_prefix("cannot find macro `"))
        .or_else(|| message.strip_prefix("cannot find derive macro `"))
        .or_else(|| message.strip_prefix("unresolved import `pyo3::"));
    if let Some(rest) = rest {
        let name = rest.split('`').next()?.rsplit("::").next()?;
        let is_known = MACROS.contains(&name) || DERIVES.contains(&name);
        return is_known.then(|| name.to_owned());
    }
    // A trait has the name of its derive.
    let rest = message.strip_prefix("expected derive macro, found trait `")?;
    let name = rest.split('`').next()?;
    DERIVES.contains(&name).then(|| name.to_owned())
}

/// The methods that PyO3 adds to other crates' locks.
fn extension_trait(error: &CompilerError) -> Option<MissingFeature> {
    let label = error.label.as_deref().unwrap_or_default();
    let of = |method: &str| {
        error
            .message
            .contains(&format!("no method named `{method}`"))
    };
    let is_lock = ["lock_py_attached", "read_py_attached", "write_py_attached"]
        .into_iter()
        .any(of)
        || of("call_once_py_attached");
    if !is_lock {
        return None;
    }
    let said = format!("{} {label}", error.message);
    let (feature, name) = if said.contains("parking_lot::") {
        ("parking_lot", "parking_lot")
    } else if said.contains("lock_api::") {
        ("lock_api", "lock_api")
    } else {
        return None;
    };
    Some(MissingFeature {
        feature,
        name: name.to_owned(),
        upgrade_to: None,
    })
}

/// `Py<T>` in a type that serde should read or write.
fn serializer(error: &CompilerError) -> Option<MissingFeature> {
    let bound = between(&error.message, "the trait bound `", "` is not satisfied")?;
    let (of, wanted) = bound.split_once(": ")?;
    let of = of
        .trim_start_matches("for<'de> ")
        .trim_start_matches("pyo3::");
    let wanted = wanted
        .trim_start_matches("serde::")
        .trim_start_matches("serde_core::");
    let is_serde = wanted.starts_with("Serialize") || wanted.starts_with("Deserialize");
    (is_serde && of.starts_with("Py<")).then(|| MissingFeature {
        feature: "serde",
        name: of.to_owned(),
        upgrade_to: None,
    })
}

/// The type that PyO3 can't convert.
fn unconvertible(error: &CompilerError) -> Option<&str> {
    const SAYS: [(&str, &str); 5] = [
        ("`", "` cannot be used as a Python function argument"),
        ("`", "` cannot be converted to a Python object"),
        ("the trait bound `PyErr: From<", ">` is not satisfied"),
        // From PyO3 before 0.28.
        ("the trait bound `", ": pyo3::impl_::extract_argument::"),
        ("the trait bound `", ": FromPyObject"),
    ];
    let message = error.message.as_str();
    for (before, after) in SAYS {
        if message.starts_with(before)
            && let Some(found) = between(message, before, after)
        {
            return Some(found);
        }
    }
    // `IntoPyObject<'_>` in the words of older versions.
    if let Some(bound) = between(message, "the trait bound `", "` is not satisfied") {
        let (of, wanted) = bound.split_once(": ")?;
        let wanted = wanted.trim_start_matches("pyo3::");
        let is_conversion = wanted.starts_with("IntoPyObject") || wanted.starts_with("IntoPy<");
        return is_conversion.then_some(of);
    }
    if message == "`?` couldn't convert the error to `PyErr`" {
        return between(
            error.label.as_deref()?,
            "the trait `From<",
            ">` is not implemented",
        );
    }
    None
}

/// The conversion that a type of the message needs, and its name: a type from a dependency, not from the crate itself.
fn conversion_of(written: &str, sources: &Sources<'_>) -> Option<(&'static Conversion, String)> {
    let minor = sources.dependencies.pyo3_minor();
    let is_there = |one: &Conversion| minor.is_none_or(|minor| one.since <= minor);
    paths(written).find_map(|path| {
        let name = path.rsplit("::").next()?;
        let of_crate = path.split_once("::").map(|(first, _)| first);
        let is_it = |one: &&Conversion| {
            one.types.contains(&name)
                && sources.dependencies.on(one.package).is_some()
                && match of_crate {
                    Some(of_crate) => of_crate == one.crate_name(),
                    // A type that the crate itself defines, or that is in Rust's prelude or collections, is a different one.
                    None => {
                        !matches!(
                            sources.whose(name),
                            TypeOrigin::Class(_) | TypeOrigin::Plain(_)
                        ) && !["HashMap", "HashSet", "Duration", "Error"].contains(&name)
                    }
                }
        };
        // The newest feature that the PyO3 in use has; otherwise the oldest that a newer one has.
        let known = || CONVERSIONS.iter().filter(is_it);
        let conversion = known()
            .find(|one| is_there(one))
            .or_else(|| known().next_back())?;
        // A chrono type of a local time needs the feature for local times, whatever else it contains.
        let local = (name == "DateTime" && written.contains("Local"))
            .then(|| CONVERSIONS.iter().find(|one| one.types.contains(&"Local")))
            .flatten()
            .filter(|one| is_there(one) && one.package == conversion.package);
        let tz = (name == "DateTime" && words(written).any(|word| word == "Tz"))
            .then(|| CONVERSIONS.iter().find(|one| one.types.contains(&"Tz")))
            .flatten()
            .filter(|one| is_there(one) && conversion.package == "chrono");
        let conversion = local.or(tz).unwrap_or(conversion);
        Some((conversion, path.to_owned()))
    })
}

/// The paths in a type, such as `chrono::DateTime` and `Utc` of `chrono::DateTime<Utc>`.
fn paths(written: &str) -> impl Iterator<Item = &str> {
    written
        .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .map(|path| path.trim_matches(':'))
        .filter(|path| {
            !path.is_empty() && !path.starts_with("std::") && !path.starts_with("pyo3::")
        })
}

fn place(error: &CompilerError) -> Option<Evidence> {
    let (place, text) = error.place.clone()?;
    Some(Evidence::at_text(place, text))
}

/// The places, one for each line.
fn places(of: &[(MissingFeature, Option<Evidence>)]) -> Vec<Evidence> {
    let mut kept: Vec<Evidence> = Vec::new();
    let line = |one: &Evidence| match one {
        Evidence::Source { location, .. } => Some((location.file.clone(), location.line)),
        _ => None,
    };
    for place in of.iter().filter_map(|(_, place)| place.as_ref()) {
        if kept.len() < MOST_PLACES && !kept.iter().any(|known| line(known) == line(place)) {
            kept.push(place.clone());
        }
    }
    kept
}

fn distinct<'t>(names: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut kept = Vec::new();
    for name in names {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}
