//! A dependency has what the code uses, but only with a feature that is off.
//!
//! Crates put parts of themselves behind cargo features. rustc found the item and says which feature it's behind. Conversions that PyO3 has behind a
//! feature are WR0231.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0432]: unresolved import `serde_json::value::RawValue`
//! note: found an item that was configured out
//! note: the item is gated behind the `raw_value` feature
//! ```
//!
//! ## What to do
//!
//! Turn the feature on in `Cargo.toml`. The help shows your line with the feature added:
//!
//! ```toml
//! serde_json = { version = "1", features = ["raw_value"] }
//! ```
//!
//! ## Where it is specified
//!
//! The cargo book under [Features](https://doc.rust-lang.org/cargo/reference/features.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;
use anstream::adapter::strip_str;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0701",
        "dependency-feature-missing",
        include_str!("dependency_feature_missing.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let rendered = strip_str(&error.rendered).to_string();
    let feature = between(&rendered, "gated behind the `", "` feature")?;
    let searched = searched_crate(error)?;
    let dependency = [searched.to_owned(), searched.replace('_', "-")]
        .iter()
        .find_map(|name| sources.dependencies.on(name))
        .filter(|dependency| !dependency.has_feature(feature))?;
    Some(Advice::new(
        feature,
        format!(
            "`{searched}` has it only with its feature `{feature}`: write `{}` in {}",
            dependency.with_features(&[feature]),
            sources.dependencies.manifest()
        ),
    ))
}

/// The crate that an item isn't found in.
pub(super) fn searched_crate(error: &CompilerError) -> Option<&str> {
    let label = error.label.as_deref().unwrap_or_default();
    let path = between(&error.message, "unresolved import `", "`")
        .or_else(|| between(&error.message, "unresolved imports `", "`"))
        .or_else(|| between(&error.message, "` in `", "`"))
        .or_else(|| between(&error.message, "` in crate `", "`"))
        .or_else(|| between(label, "` in `", "`"))?;
    path.trim_start_matches("::").split("::").next()
}
