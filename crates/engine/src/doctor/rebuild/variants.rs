//! The variants of PyO3 that lie side by side. Pure: notes in, findings out.

use diagnostic::{Diagnostic, Severity};

use super::causes::{FFI, ago, profiles, source};
use super::fingerprint::Compiled;
use super::units::Unit;
use crate::rules::pyo3_compiled_again::RULE;

/// The variants that cargo keeps side by side: each was compiled once, and is not again when its turn comes.
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
            // Of those before it, the one that it is most like: what differs from that is why it was compiled.
            let differences = compiled[..index]
                .iter()
                .map(|(_, before)| Difference::between(before, after))
                .min_by_key(Vec::len)
                .unwrap_or_default();
            // A check beside a build is how cargo and editors work, and happens once.
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

const SAME_FEATURES: &str = "cargo keeps a build for each set of features; name the same features for all tools, in Cargo.toml or under `features` in `[tool.maturin]`";
pub(super) const SAME_FLAGS: &str = "cargo keeps a build for each set of flags; write them into `.cargo/config.toml` under `[build] rustflags`, so that all tools have the same";
const SAME_COMPILER: &str =
    "cargo keeps a build for each; a file rust-toolchain.toml pins the compiler for all tools";
const SAME_TARGET: &str = "cargo keeps a build for each target, with and without --target";

/// In what two variants differ.
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
                told_features(&before.features, &after.features),
                SAME_FEATURES,
            );
        }
        if before.rustflags != after.rustflags {
            let (was, is) = (flags(&before.rustflags), flags(&after.rustflags));
            add(
                format!("the flags for rustc (RUSTFLAGS) were {was}, and became {is}"),
                SAME_FLAGS,
            );
        }
        if before.rustc != after.rustc {
            add(
                "another version of rustc compiled it".to_owned(),
                SAME_COMPILER,
            );
        }
        if before.target != after.target {
            add("it was built for another --target".to_owned(), SAME_TARGET);
        }
        all
    }
}

/// Flags as a person writes them.
pub(super) fn flags(flags: &[String]) -> String {
    match flags {
        [] => "none".to_owned(),
        some => some.join(" "),
    }
}

/// Features without those that others bring along: `abi3-py39` has every later one with it, and `abi3`.
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

fn told_features(before: &[String], after: &[String]) -> String {
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
    format!("other features, {}", parts.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_stands_for_those_that_it_brings_along() {
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
            told_features(&list(&["default"]), &all),
            "other features, with abi3-py39, num-bigint"
        );
        assert_eq!(
            told_features(&all, &list(&["abi3", "default", "macros"])),
            "other features, with macros and without abi3-py39, num-bigint"
        );
    }
}
