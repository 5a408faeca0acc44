//! The code needs a PyO3 feature that isn't turned on.
//!
//! PyO3 converts types from other crates (dates from `chrono`, `jiff` and `time`, big numbers, `uuid`, `anyhow`'s
//! errors …), but each needs its own cargo feature. The macros have a feature too, which `default-features = false`
//! turns off. Without the feature, the compiler only says that the type can't be used, or that the attribute
//! doesn't exist.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: `NaiveDate` cannot be used as a Python function argument
//! error[E0277]: the trait bound `PyErr: From<anyhow::Error>` is not satisfied
//! error: cannot find attribute `pyfunction` in this scope
//! ```
//!
//! ## What to do
//!
//! Turn the feature on in `Cargo.toml`:
//!
//! ```toml
//! pyo3 = { version = "0.30", features = ["chrono"] }
//! ```
//!
//! Some features are newer than others: `uuid` and `jiff-02` arrived in PyO3 0.24, `time`, `bigdecimal` and
//! `ordered-float` in 0.25, `bytes` in 0.26. If your PyO3 is older, upgrade it first.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Features reference](https://pyo3.rs/latest/features.html).

use anatomy::project::Dependencies;
use diagnostic::{Diagnostic, Evidence, Rule, some};

pub(crate) const RULE: Rule = Rule::new(
    "WR0231",
    "pyo3-feature-missing",
    include_str!("pyo3_feature_missing.rs"),
);

/// How many types are listed.
const MOST_NAMES: usize = 4;

/// The finding for features that are off. `names` are the types, or the attributes, that need them.
pub(crate) fn finding(
    features: &[&str],
    names: &[&str],
    places: Vec<Evidence>,
    dependencies: &Dependencies,
) -> Diagnostic {
    let quoted: Vec<String> = features.iter().map(|name| format!("`{name}`")).collect();
    let noun = if features.len() == 1 {
        "feature"
    } else {
        "features"
    };
    let list = match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    };
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let refs: Vec<&str> = quoted.iter().map(String::as_str).collect();
    let mut finding = RULE.finding(format!(
        "PyO3 supports {} only with its {noun} {list}, which the manifest doesn't turn on",
        some(&refs, MOST_NAMES)
    ));
    finding.evidence = places;
    match dependencies.pyo3() {
        Some(pyo3) => finding.because(pyo3.place().clone()).hint(format!(
            "write `{}` in {}",
            pyo3.with_features(features),
            dependencies.manifest()
        )),
        None => finding.hint(format!("turn on PyO3's {noun} {list} in Cargo.toml")),
    }
}

/// The finding when the PyO3 in use is too old for a feature.
pub(crate) fn too_old(
    feature: &str,
    since: u32,
    names: &[&str],
    places: Vec<Evidence>,
    dependencies: &Dependencies,
) -> Diagnostic {
    let minor = dependencies.pyo3_minor().unwrap_or_default();
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let refs: Vec<&str> = quoted.iter().map(String::as_str).collect();
    let mut finding = RULE.finding(format!(
        "PyO3 0.{minor} can't convert {}",
        some(&refs, MOST_NAMES)
    ));
    finding.evidence = places;
    if let Some(pyo3) = dependencies.pyo3() {
        finding = finding.because(pyo3.place().clone());
    }
    finding.hint(format!(
        "PyO3 0.{since} and later can, with the feature `{feature}`: upgrade PyO3; until then convert the value by hand"
    ))
}
