//! What a dependency has, but not as it is configured here: rustc notes where the item is gated.

use anstream::adapter::strip_str;

use super::{ErrorMatcher, Kind, Meaning, between};
use crate::build::CompilerError;
use crate::judge::compiler::sources::Sources;

pub(super) const READINGS: &[ErrorMatcher] = &[behind_a_feature, outside_the_stable_abi];

/// `the item is gated behind the `fs` feature`, in a crate that the manifest asks for.
fn behind_a_feature(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let said = strip_str(&error.rendered).to_string();
    let feature = between(&said, "gated behind the `", "` feature")?;
    let of_crate = crate_of(error)?;
    let dependency = [of_crate.to_owned(), of_crate.replace('_', "-")]
        .iter()
        .find_map(|name| sources.dependencies.on(name))
        .filter(|dependency| !dependency.has_feature(feature))?;
    Some(Meaning::new(
        Kind::Gated,
        feature,
        format!(
            "`{of_crate}` has it only with its feature `{feature}`: write `{}` in {}",
            dependency.with_features(&[feature]),
            sources.dependencies.manifest()
        ),
    ))
}

/// What PyO3 leaves out where it builds for the stable ABI of a Python that does not have it yet:
/// `#![cfg(any(not(Py_LIMITED_API), Py_3_11))]`.
fn outside_the_stable_abi(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    if crate_of(error)? != "pyo3" {
        return None;
    }
    let said = strip_str(&error.rendered).to_string();
    if !said.contains("the item is gated here") {
        return None;
    }
    let gate = said
        .lines()
        .rfind(|line| line.contains("cfg(") && line.contains("Py_LIMITED_API"))?;
    let pyo3 = sources.dependencies.pyo3()?;
    let chosen: Vec<&str> = pyo3.features_beginning("abi3").collect();
    if chosen.is_empty() {
        return None;
    }
    let since = gate
        .split("Py_3_")
        .nth(1)
        .map(|rest| {
            rest.chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
        })
        .filter(|minor| !minor.is_empty());
    let named = chosen.join("`, `");
    let advice = match since {
        Some(minor) => format!(
            "it is part of the stable ABI only from Python 3.{minor} on, and `{named}` promises older ones: write `{}`, or build without the stable ABI",
            pyo3.with_feature_instead(&chosen, &format!("abi3-py3{minor}"))
        ),
        None => format!(
            "the stable ABI does not have it: take `{named}` away from the features of `pyo3`, or do without it"
        ),
    };
    Some(Meaning::new(Kind::Gated, "abi3", advice))
}

/// The crate that an item is missed in.
fn crate_of(error: &CompilerError) -> Option<&str> {
    let label = error.label.as_deref().unwrap_or_default();
    let path = between(&error.message, "unresolved import `", "`")
        .or_else(|| between(&error.message, "unresolved imports `", "`"))
        .or_else(|| between(&error.message, "` in `", "`"))
        .or_else(|| between(&error.message, "` in crate `", "`"))
        .or_else(|| between(label, "` in `", "`"))?;
    path.trim_start_matches("::").split("::").next()
}
