//! The variants of PyO3 in one target directory. Pure: fingerprints in, findings out.

use diagnostic::{Diagnostic, Severity};

use super::causes::{FFI, ago, profiles, source};
use super::fingerprint::Compiled;
use super::units::Unit;
use crate::rules::pyo3_compiled_again::RULE;

/// The variants that cargo keeps side by side: each was compiled once and is reused after that.
pub(super) fn side_by_side(units: &[Unit], clock: i128) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for profile in profiles(units) {
        let mut compiled: Vec<_> = units
            .iter()
            .filter(|unit| unit.profile_dir == profile && unit.package == FFI)
            .filter_map(|unit| Some((unit, unit.compiled()?)))
            .collect();
        compiled.sort_by_key(|(unit, _)| unit.at);
        for (index, (unit, after)) in compiled.iter().enumerate().skip(1) {
            // Compared with the most similar earlier one: the difference is why this one was compiled.
            let differences = compiled[..index]
                .iter()
                .map(|(_, before)| Difference::between(before, after))
                .min_by_key(Vec::len)
                .unwrap_or_default();
            // Cargo and editors compile once for a build and once for a check. That's normal.
            let Some(first) = differences.first() else {
                continue;
            };
            let texts: Vec<_> = differences.iter().map(|one| one.text.as_str()).collect();
            findings.push(
                RULE.finding(format!(
                    "PyO3 was compiled once more {} for {profile}: {}",
                    ago(unit.seconds_ago(clock)),
                    texts.join("; ")
                ))
                .severity(Severity::Warning)
                .because(source(unit))
                .hint(first.remedy),
            );
        }
    }
    findings
}

const SAME_FEATURES: &str = "cargo keeps a separate build for each set of features; use the same features for all tools, in Cargo.toml or under `features` in `[tool.maturin]`";
pub(super) const SAME_FLAGS: &str = "cargo keeps a separate build for each set of flags; write them into `.cargo/config.toml` under `[build] rustflags`, so that all tools use the same";
const SAME_COMPILER: &str =
    "cargo keeps a separate build for each; a rust-toolchain.toml pins the compiler for all tools";
const SAME_TARGET: &str = "cargo keeps a separate build for each target, with and without --target";

/// A difference between two variants.
struct Difference {
    text: String,
    remedy: &'static str,
}

impl Difference {
    fn between(before: &Compiled, after: &Compiled) -> Vec<Self> {
        let mut all = Vec::new();
        let mut add = |text: String, remedy| all.push(Self { text, remedy });
        if before.features != after.features {
            add(
                describe_features(&before.features, &after.features),
                SAME_FEATURES,
            );
        }
        if before.rustflags != after.rustflags {
            let (was, is) = (flags(&before.rustflags), flags(&after.rustflags));
            add(
                format!("the flags for rustc (RUSTFLAGS) changed from {was} to {is}"),
                SAME_FLAGS,
            );
        }
        if before.rustc != after.rustc {
            add(
                "a different version of rustc compiled it".to_owned(),
                SAME_COMPILER,
            );
        }
        if before.target != after.target {
            add(
                "it was built for a different --target".to_owned(),
                SAME_TARGET,
            );
        }
        all
    }
}

/// Flags as they are written on a command line.
pub(super) fn flags(flags: &[String]) -> String {
    match flags {
        [] => "none".to_owned(),
        some => some.join(" "),
    }
}

/// Features without those that others imply: `abi3-py39` implies every later one, and `abi3`.
fn asked_for<'f>(features: &[&'f str]) -> Vec<&'f str> {
    let minor = |feature: &str| -> Option<u32> { feature.strip_prefix("abi3-py3")?.parse().ok() };
    let oldest = features.iter().filter_map(|one| minor(one)).min();
    let is_implied = |feature: &str| match oldest {
        None => false,
        Some(oldest) => feature == "abi3" || minor(feature).is_some_and(|minor| minor > oldest),
    };
    features
        .iter()
        .copied()
        .filter(|one| !is_implied(one))
        .collect()
}

fn describe_features(before: &[String], after: &[String]) -> String {
    let only = |of: &[String], not: &[String]| {
        let rest: Vec<&str> = of
            .iter()
            .filter(|one| !not.contains(one))
            .map(String::as_str)
            .collect();
        (!rest.is_empty()).then(|| asked_for(&rest).join(", "))
    };
    let gained = only(after, before).map(|names| format!("with {names}"));
    let lost = only(before, after).map(|names| format!("without {names}"));
    let parts: Vec<_> = gained.into_iter().chain(lost).collect();
    format!("different features, {}", parts.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn implied_features_are_left_out() {
        let list = |names: &[&str]| {
            names
                .iter()
                .map(|one| (*one).to_owned())
                .collect::<Vec<_>>()
        };
        let all = list(&[
            "abi3",
            "abi3-py310",
            "abi3-py311",
            "abi3-py39",
            "default",
            "num-bigint",
        ]);
        assert_eq!(
            describe_features(&list(&["default"]), &all),
            "different features, with abi3-py39, num-bigint"
        );
        assert_eq!(
            describe_features(&all, &list(&["abi3", "default", "macros"])),
            "different features, with macros and without abi3-py39, num-bigint"
        );
    }
}
