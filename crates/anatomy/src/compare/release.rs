//! The differences between two releases: which wheels were added and removed, and what differs between those that
//! replace each other.

use serde::Serialize;

use super::wheel::{Compared, WheelDifference, compare_wheels, is_for_all_of};
use super::{Aspect, Effect};
use crate::wheel::{Platform, Tag};

/// The differences between two releases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReleaseDifference {
    /// Wheels that only the new release has.
    pub added: Vec<String>,
    /// Wheels that only the old release has.
    pub removed: Vec<String>,
    /// Those of the removed wheels that no wheel in the new release replaces.
    pub without_successor: Vec<String>,
    /// Wheels that replace each other, in the order of the new ones.
    pub pairs: Vec<WheelDifference>,
}

impl ReleaseDifference {
    /// Whether only the version differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.pairs.iter().all(WheelDifference::is_empty)
    }

    /// Whether someone who could use the old release can't use the new one, or there's a new problem.
    pub fn is_worse(&self) -> bool {
        !self.without_successor.is_empty()
            || self
                .pairs
                .iter()
                .flat_map(WheelDifference::all_changes)
                .any(|change| change.effect == Effect::Worse && change.aspect != Aspect::Size)
    }
}

/// Compares two releases: pairs their wheels by what their tags are for.
pub fn compare_releases(old: &[Compared<'_>], new: &[Compared<'_>]) -> ReleaseDifference {
    let mut free: Vec<usize> = (0..old.len()).collect();
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    // First those with the same tags, then those for the same Python, and finally those with a different stable ABI
    // version.
    for likeness in [
        TagSimilarity::Same,
        TagSimilarity::SamePython,
        TagSimilarity::SamePlatform,
    ] {
        for (wheel, partner) in new.iter().zip(&mut partners) {
            if partner.is_some() {
                continue;
            }
            let found = free.iter().position(|index| {
                old.get(*index)
                    .is_some_and(|old| likeness.holds(tags(old), tags(wheel)))
            });
            *partner = found.map(|at| free.remove(at));
        }
    }
    let pairs = new
        .iter()
        .zip(&partners)
        .filter_map(|(new, partner)| Some(compare_wheels(*old.get((*partner)?)?, *new)))
        .collect();
    let added = new
        .iter()
        .zip(&partners)
        .filter(|(_, partner)| partner.is_none())
        .map(|(wheel, _)| wheel.file.to_owned())
        .collect();
    let removed: Vec<&Compared<'_>> = free.iter().filter_map(|index| old.get(*index)).collect();
    let is_served = |wheel: &Compared<'_>| {
        tags(wheel).iter().all(|tag| {
            new.iter()
                .any(|new| tags(new).iter().any(|wide| is_for_all_of(wide, tag)))
        })
    };
    ReleaseDifference {
        added,
        without_successor: removed
            .iter()
            .filter(|wheel| !is_served(wheel))
            .map(|wheel| wheel.file.to_owned())
            .collect(),
        removed: removed.iter().map(|wheel| wheel.file.to_owned()).collect(),
        pairs,
    }
}

fn tags<'w>(wheel: &Compared<'w>) -> &'w [Tag] {
    &wheel.facts.name.tags
}

/// How similar the tags of two wheels that replace each other are.
#[derive(Debug, Clone, Copy)]
enum TagSimilarity {
    /// The same tags.
    Same,
    /// The same Pythons and ABIs, and the same platform apart from its version.
    SamePython,
    /// Both for the stable ABI, and the same platform apart from its version.
    SamePlatform,
}

impl TagSimilarity {
    fn holds(self, old: &[Tag], new: &[Tag]) -> bool {
        match self {
            Self::Same => old == new,
            Self::SamePython => any(old, new, |old, new| {
                old.python == new.python && old.abi == new.abi
            }),
            Self::SamePlatform => any(old, new, |old, new| {
                old.abi == new.abi && (old.abi == "abi3" || old.abi == "abi3t")
            }),
        }
    }
}

/// Whether both have similar tags for the same platform.
fn any(old: &[Tag], new: &[Tag], are_alike: impl Fn(&Tag, &Tag) -> bool) -> bool {
    old.iter().any(|old| {
        new.iter()
            .any(|new| are_alike(old, new) && family(&old.platform) == family(&new.platform))
    })
}

/// A platform without its system's version.
fn family(platform: &str) -> (&'static str, &str) {
    match Platform::parse(platform) {
        Platform::Manylinux(_, _, architecture) => ("manylinux", architecture),
        Platform::Musllinux(_, _, architecture) => ("musllinux", architecture),
        Platform::MacOs(_, _, architecture) => ("macosx", architecture),
        _ => ("", platform),
    }
}
