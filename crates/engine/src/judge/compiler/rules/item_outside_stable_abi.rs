//! The stable ABI of the chosen Python version lacks what the code uses.
//!
//! With a feature such as `abi3-py39`, PyO3 builds for the stable ABI of that Python version. It then leaves out everything that needs functions of
//! CPython which the stable ABI got later or doesn't have.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0432]: unresolved import `pyo3::buffer`
//! note: found an item that was configured out
//!  --> pyo3/src/lib.rs
//!   | #![cfg(any(not(Py_LIMITED_API), Py_3_11))]
//!   |           ------------------------------ the item is gated here
//! ```
//!
//! ## What to do
//!
//! Choose the feature of the first Python version that has it, such as `abi3-py311` for buffers, if you don't need to support older ones. Otherwise do
//! without it, or build without the stable ABI: take the `abi3` feature away, and build a wheel for each Python version.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [`Py_LIMITED_API`/`abi3`](https://pyo3.rs/latest/building-and-distribution.html#py_limited_apiabi3abi3t).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::dependency_feature_missing::searched_crate;
use crate::build::CompilerError;
use anstream::adapter::strip_str;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0702",
        "item-outside-stable-abi",
        include_str!("item_outside_stable_abi.rs"),
    ),
    explain,
);

/// PyO3 says `#![cfg(any(not(Py_LIMITED_API), Py_3_11))]`.
fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    if searched_crate(error)? != "pyo3" {
        return None;
    }
    let rendered = strip_str(&error.rendered).to_string();
    if !rendered.contains("the item is gated here") {
        return None;
    }
    let gate = rendered
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
            "the stable ABI doesn't have it: remove `{named}` from the features of `pyo3`, or don't use the item"
        ),
    };
    Some(Advice::new("abi3", advice))
}
