//! A key in `[tool.maturin]` is misspelt, and maturin silently ignores it.
//!
//! maturin reads the keys it knows and skips the others. A key with an underscore instead of a hyphen, or with one
//! letter too many, has no effect, and the setting keeps its default: the module gets a different name, or the Python
//! sources are left out.
//!
//! ## Example
//!
//! ```toml
//! [tool.maturin]
//! module_name = "fast._fast"
//! ```
//!
//! has no effect: the key is `module-name`.
//!
//! ## What to do
//!
//! Use maturin's spelling of the key, which the finding names.
//!
//! ## Where it is specified
//!
//! maturin's guide under [Configuration](https://www.maturin.rs/config.html); its issue 2460.

use diagnostic::{Diagnostic, Rule};

use super::Project;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0218",
    "misspelt-maturin-key",
    include_str!("maturin_key.rs"),
);

/// The keys of maturin 1.16, from its published schema, and the older names that it still accepts.
const KEYS: [&str; 34] = [
    "all-features",
    "auditwheel",
    "bindings",
    "compatibility",
    "config",
    "data",
    "editable-profile",
    "exclude",
    "features",
    "frozen",
    "generate-ci",
    "include",
    "include-import-lib",
    "locked",
    "manifest-path",
    "manylinux",
    "module-name",
    "no-default-features",
    "pgo-command",
    "pgo-dependency-group",
    "profile",
    "python-packages",
    "python-source",
    "rustc-args",
    "sbom",
    "sdist-generator",
    "sdist-include",
    "skip-auditwheel",
    "strip",
    "target",
    "targets",
    "unstable-flags",
    "use-base-python",
    "use-cross",
];

/// In a manifest with more unknown keys than this, they aren't typos.
const MOST_UNKNOWN: usize = 64;

/// A key only counts as a typo of another if it's this close: a key from a newer maturin isn't a mistake.
const FURTHEST: usize = 2;

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let keys = &project.facts.pyproject.as_ref()?.maturin_keys;
    let (key, meant) = keys
        .iter()
        .filter(|key| !KEYS.contains(&key.as_str()))
        .take(MOST_UNKNOWN)
        .find_map(|key| Some((key, intended_key(key, keys)?)))?;
    Some(
        RULE.finding(format!(
            "maturin doesn't know the key `{key}` and ignores it; the right spelling is `{meant}`"
        ))
        .because(project.key("pyproject.toml", "tool.maturin", key))
        .hint(format!("write `{meant}` instead of `{key}`")),
    )
}

fn intended_key(key: &str, written: &[String]) -> Option<&'static str> {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['_', '-'], "");
    KEYS.into_iter()
        .filter(|known| !written.iter().any(|other| other == known))
        .find(|known| plain(known) == plain(key))
        .or_else(|| {
            // In short keys a few letters already make a different word.
            KEYS.into_iter()
                .filter(|known| known.len() >= 7 && !written.iter().any(|other| other == known))
                .find(|known| distance(key, known) <= FURTHEST)
        })
}

/// How many letters must be changed, added or removed to turn one word into the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    if a.len() > 64 {
        return usize::MAX;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (other, above) in b.iter().zip(row.iter().skip(1)) {
            let cost = usize::from(letter != *other);
            left = (diagonal + cost).min(*above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_misses_count_as_a_key() {
        assert_eq!(intended_key("module_name", &[]), Some("module-name"));
        assert_eq!(intended_key("python-sources", &[]), Some("python-source"));
        assert_eq!(intended_key("modulename", &[]), Some("module-name"));
        assert_eq!(intended_key("something-new", &[]), None);
        assert_eq!(intended_key("date", &[]), None);
    }
}
