//! The manylinux and musllinux policies (PEP 513, 600, 656), from a table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a Linux wheel may need from the system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Its name, such as `manylinux_2_17`.
    pub name: &'static str,
    /// The libraries that every such system has.
    pub libraries: BTreeSet<&'static str>,
    /// The symbol versions that they have, by architecture and name (`GLIBC`, `GLIBCXX`, …).
    pub versions: BTreeMap<&'static str, BTreeMap<&'static str, BTreeSet<&'static str>>>,
    /// The symbols that must not be used, by library.
    pub forbidden: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

static TABLE: LazyLock<Vec<Policy>> =
    LazyLock::new(|| read(include_str!("../../data/wheel_policies.txt")));

/// Every policy, ordered so that those requiring the least from the system come first.
pub fn policies() -> &'static [Policy] {
    &TABLE
}

impl Policy {
    /// Its version, if it belongs to this family.
    pub(super) fn version(&self, family: &str) -> Option<(u32, u32)> {
        let (major, minor) = self
            .name
            .strip_prefix(family)?
            .strip_prefix('_')?
            .split_once('_')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    }
}

/// The policy for a platform tag's family and version, or, if the table doesn't have it, the next newer one.
pub(super) fn policy(family: &str, major: u32, minor: u32) -> Option<&'static Policy> {
    TABLE
        .iter()
        .filter_map(|policy| Some((policy.version(family)?, policy)))
        .filter(|(version, _)| *version >= (major, minor))
        .min_by_key(|(version, _)| *version)
        .map(|(_, policy)| policy)
}

fn read(text: &'static str) -> Vec<Policy> {
    let mut policies: Vec<Policy> = Vec::new();
    let mut architecture = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (kind, first) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        if kind == "policy" {
            policies.push(Policy {
                name: first,
                ..Policy::default()
            });
            continue;
        }
        let Some(policy) = policies.last_mut() else {
            continue;
        };
        match kind {
            "libraries" => policy.libraries = [first].into_iter().chain(words).collect(),
            "architecture" => {
                architecture = first;
                policy.versions.entry(architecture).or_default();
            }
            "versions" => {
                policy
                    .versions
                    .entry(architecture)
                    .or_default()
                    .insert(first, words.collect());
            }
            "forbidden" => {
                policy.forbidden.insert(first, words.collect());
            }
            _ => {}
        }
    }
    policies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        let known = policy("manylinux", 2, 17).unwrap();
        assert!(known.libraries.contains("libc.so.6"));
        assert!(known.versions["x86_64"]["GLIBC"].contains("2.17"));
        assert!(!known.versions["x86_64"]["GLIBC"].contains("2.18"));
        assert!(known.forbidden["libz.so.1"].len() > 10);
        assert!(policies().len() > 15);
        assert_eq!(policy("manylinux", 2, 30).unwrap().name, "manylinux_2_31");
        assert_eq!(policy("musllinux", 1, 0).unwrap().name, "musllinux_1_1");
        assert_eq!(policy("manylinux", 3, 0), None);
    }
}
