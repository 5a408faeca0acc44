//! A key of `[tool.maturin]` is misspelt, and maturin ignores it in silence.
//!
//! maturin reads the keys that it knows and passes over the others. A key with an underscore where it should have a
//! hyphen, or with a letter too many, has no effect, and what it should have set keeps its default: the module gets
//! another name, the Python sources are left out.
//!
//! ## Example
//!
//! ```toml
//! [tool.maturin]
//! module_name = "fast._fast"
//! ```
//!
//! does nothing: the key is `module-name`.
//!
//! ## What to do
//!
//! Write the key as maturin spells it; the finding names it.
//!
//! ## Where it is specified
//!
//! maturin's guide under [Configuration](https://www.maturin.rs/config.html); its issue 2460.

use diagnostic::{Diagnostic, Rule};

use super::Project;

/// The rule.
pub static RULE: Rule = Rule::new(
    "WR0218",
    "misspelt-maturin-key",
    include_str!("maturin_key.rs"),
);

/// The keys of maturin 1.16, from the schema that it publishes, and the older names that it still takes.
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

/// A manifest with more unknown keys than these has no slips of the pen.
const MOST_UNKNOWN: usize = 64;

/// A key is taken for another only when it is this close: a key of a newer maturin is no mistake.
const FURTHEST: usize = 2;

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let keys = &project.facts.pyproject.as_ref()?.maturin_keys;
    let (key, meant) = keys
        .iter()
        .filter(|key| !KEYS.contains(&key.as_str()))
        .take(MOST_UNKNOWN)
        .find_map(|key| Some((key, meant_by(key, keys)?)))?;
    Some(
        RULE.finding(format!(
            "maturin does not know the key `{key}` and ignores it; it is spelt `{meant}`"
        ))
        .because(project.key("pyproject.toml", "tool.maturin", key))
        .hint(format!("write `{meant}` in the place of `{key}`")),
    )
}

fn meant_by(key: &str, written: &[String]) -> Option<&'static str> {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['_', '-'], "");
    KEYS.into_iter()
        .filter(|known| !written.iter().any(|other| other == known))
        .find(|known| plain(known) == plain(key))
        .or_else(|| {
            // In short keys a few letters make another word.
            KEYS.into_iter()
                .filter(|known| known.len() >= 7 && !written.iter().any(|other| other == known))
                .find(|known| distance(key, known) <= FURTHEST)
        })
}

/// How many letters must be changed, added or taken away to make one word of the other (Levenshtein).
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
    fn only_near_misses_are_taken_for_a_key() {
        assert_eq!(meant_by("module_name", &[]), Some("module-name"));
        assert_eq!(meant_by("python-sources", &[]), Some("python-source"));
        assert_eq!(meant_by("modulename", &[]), Some("module-name"));
        assert_eq!(meant_by("something-new", &[]), None);
        assert_eq!(meant_by("date", &[]), None);
    }
}
