//! The smallest set of wheels for one system that serves all Pythons that are promised, or that the release serves
//! already.
//!
//! A wheel for the stable ABI serves its version and all later ones; a wheel for one version only serves that one. The
//! search tries all sets, and there aren't many: a dozen Pythons, and a few dozen possible wheels.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ReleasedWheel;
use super::promise::PromisedPython;
use super::served::{Cell, Row};
use super::targets::Family;
use crate::facts::Image;
use crate::loads::Python;
use crate::python_api::FIRST_ABI3T;
use crate::target::Implementation;
use crate::wheel::{SupportedTags, Tag};

/// The search is limited to this many Pythons; no project promises more.
const MOST_PYTHONS: usize = 16;

/// A placeholder platform: the Pythons that a tag serves don't depend on it.
const PLATFORM: &str = "win_amd64";

/// The smallest set of wheels for one system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SmallestSet {
    /// The wheels, ordered by their Pythons.
    pub wheels: Vec<SuggestedWheel>,
    /// The Pythons that they have to serve.
    pub serves: Vec<Python>,
    /// How many wheels the release has for the system with the most.
    pub now: usize,
    /// How many C API functions outside the stable ABI a wheel for CPython uses: the minimum over all such wheels.
    pub outside: usize,
}

/// A wheel in the smallest set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuggestedWheel {
    /// Its Python and ABI tags, such as `cp311-abi3`.
    pub tags: String,
    /// Which of the Pythons it serves.
    pub serves: Vec<Python>,
    /// Whether the release has such a wheel: one for at least these Pythons, whatever its version.
    pub exists: bool,
}

/// A wheel that could be built, and the Pythons it serves, as bits.
struct Candidate {
    tags: String,
    serves: u32,
    /// Between sets of the same size, the lower cost is better.
    cost: u32,
}

pub(super) fn smallest(
    wheels: &[ReleasedWheel<'_>],
    pythons: &[Python],
    rows: &[Row],
    promised: &[PromisedPython],
) -> Option<SmallestSet> {
    let extensions: Vec<&Image> = wheels
        .iter()
        .flat_map(|wheel| &wheel.facts.extensions)
        .flat_map(|extension| &extension.facts.images)
        .filter(|image| !image.python_api.symbols.is_empty())
        .collect();
    if extensions.is_empty() {
        return None;
    }
    let serves: Vec<Python> = pythons
        .iter()
        .enumerate()
        .filter(|(column, python)| {
            let is_served = |row: &Row| matches!(row.cells.get(*column), Some(Cell::Wheel { .. }));
            promised.iter().any(|one| one.python == **python) || rows.iter().any(is_served)
        })
        .map(|(_, python)| *python)
        .take(MOST_PYTHONS)
        .collect();
    let there = tags_there(wheels);
    let best = search(&serves, &there)?;
    let suggested = best
        .into_iter()
        .map(|candidate| {
            let serves = by_bits(&serves, candidate.serves);
            SuggestedWheel {
                exists: there
                    .iter()
                    .any(|tags| serves.iter().all(|python| serves_python(tags, *python))),
                tags: candidate.tags,
                serves,
            }
        })
        .collect();
    Some(SmallestSet {
        wheels: suggested,
        serves,
        now: most_for_a_system(wheels),
        outside: outside_stable_abi(wheels),
    })
}

/// The smallest number of functions outside the stable ABI that any wheel uses: a wheel for one version may use more
/// than it has to.
fn outside_stable_abi(wheels: &[ReleasedWheel<'_>]) -> usize {
    let is_for_cpython = |wheel: &&ReleasedWheel<'_>| {
        let mut tags = wheel.facts.name.tags.iter();
        tags.any(|tag| tag.cpython().is_some() && !tag.abi.ends_with('t'))
    };
    wheels
        .iter()
        .filter(is_for_cpython)
        .filter_map(|wheel| {
            let extensions = wheel.facts.extensions.iter();
            extensions
                .flat_map(|extension| &extension.facts.images)
                .map(|image| image.python_api.outside_stable_abi().count())
                .max()
        })
        .min()
        .unwrap_or(0)
}

/// The best set for these Pythons.
fn search(pythons: &[Python], there: &[Vec<Tag>]) -> Option<Vec<Candidate>> {
    if pythons.is_empty() {
        return None;
    }
    let mut candidates = candidates(pythons, there);
    // If two serve the same Pythons, the first is as good.
    let mut known: BTreeMap<u32, u32> = BTreeMap::new();
    candidates.sort_by_key(|candidate| candidate.cost);
    candidates.retain(|candidate| known.insert(candidate.serves, candidate.cost).is_none());
    let all = u32::MAX >> u32::BITS.checked_sub(u32::try_from(pythons.len()).ok()?)?;
    // The cheapest way to serve each set of Pythons: the number of wheels, their cost, and the one added last.
    let states = usize::try_from(all).ok()?.checked_add(1)?;
    let mut best: Vec<Option<(u32, u32, usize, u32)>> = vec![None; states];
    *best.first_mut()? = Some((0, 0, usize::MAX, 0));
    for served in 0..=all {
        let Some((count, cost, ..)) = *best.get(usize::try_from(served).ok()?)? else {
            continue;
        };
        for (at, candidate) in candidates.iter().enumerate() {
            let more = served | candidate.serves;
            let slot = best.get_mut(usize::try_from(more).ok()?)?;
            let price = (count.saturating_add(1), cost.saturating_add(candidate.cost));
            if more != served && slot.is_none_or(|(count, cost, ..)| price < (count, cost)) {
                *slot = Some((price.0, price.1, at, served));
            }
        }
    }
    let mut chosen = Vec::new();
    let mut at = all;
    while at != 0 {
        let (_, _, candidate, before) = (*best.get(usize::try_from(at).ok()?)?)?;
        chosen.push(candidate);
        at = before;
    }
    chosen.sort_by_key(|index| {
        candidates
            .get(*index)
            .map(|candidate| candidate.serves.trailing_zeros())
    });
    let mut slots: Vec<Option<Candidate>> = candidates.into_iter().map(Some).collect();
    Some(
        chosen
            .into_iter()
            .filter_map(|index| slots.get_mut(index)?.take())
            .collect(),
    )
}

/// Wheels that could be built for these Pythons. If two are equally good, the existing one costs less.
fn candidates(pythons: &[Python], there: &[Vec<Tag>]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for python in pythons {
        let digits = format!("{}{}", python.version.major, python.version.minor);
        match python.implementation {
            Implementation::CPython if python.is_free_threaded() => {
                candidates.push((format!("cp{digits}-cp{digits}t"), 1));
                if python.version >= FIRST_ABI3T {
                    candidates.push((format!("cp{digits}-abi3t"), 2));
                    candidates.push((format!("cp{digits}-abi3.abi3t"), 3));
                }
            }
            Implementation::CPython => {
                candidates.push((format!("cp{digits}-cp{digits}"), 1));
                candidates.push((format!("cp{digits}-abi3"), 2));
            }
            Implementation::PyPy => {
                candidates.push((format!("pp{digits}-pypy{digits}_pp73"), 1));
            }
            Implementation::GraalPy => {}
        }
    }
    candidates
        .into_iter()
        .filter_map(|(text, cost)| {
            let tags = parse(&text);
            let bits = pythons
                .iter()
                .enumerate()
                .filter(|(_, python)| serves_python(&tags, **python));
            let serves = bits.fold(0_u32, |bits, (at, _)| {
                u32::try_from(at)
                    .ok()
                    .and_then(|at| 1_u32.checked_shl(at))
                    .map_or(bits, |bit| bits | bit)
            });
            let is_there = there.contains(&tags);
            (serves != 0).then_some(Candidate {
                tags: text,
                serves,
                cost: if is_there { 0 } else { cost },
            })
        })
        .collect()
}

fn by_bits(pythons: &[Python], bits: u32) -> Vec<Python> {
    pythons
        .iter()
        .enumerate()
        .filter(|(at, _)| {
            u32::try_from(*at)
                .ok()
                .and_then(|at| bits.checked_shr(at))
                .is_some_and(|rest| rest & 1 == 1)
        })
        .map(|(_, python)| *python)
        .collect()
}

/// The Python and ABI tags in a string such as `cp315-abi3.abi3t`.
fn parse(text: &str) -> Vec<Tag> {
    let Some((python, abis)) = text.split_once('-') else {
        return Vec::new();
    };
    abis.split('.')
        .map(|abi| Tag {
            python: python.to_owned(),
            abi: abi.to_owned(),
            platform: PLATFORM.to_owned(),
        })
        .collect()
}

fn serves_python(tags: &[Tag], python: Python) -> bool {
    let system = Family::Windows(PLATFORM.to_owned()).newest();
    SupportedTags::new(python, &system).best(tags).is_some()
}

/// The Python and ABI tags of the release's wheels, on the placeholder platform.
fn tags_there(wheels: &[ReleasedWheel<'_>]) -> Vec<Vec<Tag>> {
    let mut there: Vec<Vec<Tag>> = wheels
        .iter()
        .map(|wheel| {
            let mut tags: Vec<Tag> = wheel
                .facts
                .name
                .tags
                .iter()
                .map(|tag| Tag {
                    platform: PLATFORM.to_owned(),
                    ..tag.clone()
                })
                .collect();
            tags.sort();
            tags.dedup();
            tags
        })
        .collect();
    there.sort();
    there.dedup();
    there
}

/// The number of wheels for the system with the most, grouping platform tags that only differ in the system's version.
fn most_for_a_system(wheels: &[ReleasedWheel<'_>]) -> usize {
    super::targets::families(wheels)
        .into_iter()
        .map(|family| {
            let platforms = family.newest().platforms();
            wheels
                .iter()
                .filter(|wheel| {
                    let mut tags = wheel.facts.name.tags.iter();
                    tags.any(|tag| platforms.contains(&tag.platform))
                })
                .count()
        })
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets(pythons: &[&str]) -> Vec<String> {
        let pythons: Vec<Python> = pythons.iter().map(|text| text.parse().unwrap()).collect();
        let best = search(&pythons, &[]).unwrap();
        best.into_iter().map(|candidate| candidate.tags).collect()
    }

    #[test]
    fn one_wheel_for_the_stable_abi_serves_all_later_pythons() {
        assert_eq!(
            sets(&["3.11", "3.12", "3.13", "3.14", "3.15"]),
            ["cp311-abi3"]
        );
        // For a single Python the stable ABI has no benefit.
        assert_eq!(sets(&["3.15"]), ["cp315-cp315"]);
    }

    #[test]
    fn free_threaded_builds_before_3_15_have_no_stable_abi() {
        assert_eq!(
            sets(&["3.11", "3.12", "3.15", "3.14t", "3.15t"]),
            ["cp311-abi3", "cp314-cp314t", "cp315-cp315t"]
        );
        assert_eq!(sets(&["3.15", "3.15t"]), ["cp315-abi3.abi3t"]);
        assert_eq!(sets(&["3.15", "3.15t", "3.16t"]), ["cp315-abi3.abi3t"]);
    }

    #[test]
    fn pypy_needs_its_own_wheel() {
        assert_eq!(
            sets(&["3.11", "3.12", "pypy3.11"]),
            ["cp311-abi3", "pp311-pypy311_pp73"]
        );
        assert!(search(&[], &[]).is_none());
    }

    #[test]
    fn existing_wheels_are_preferred() {
        let pythons = ["3.15", "3.15t", "3.14t"].map(|text| text.parse().unwrap());
        let there = [parse("cp315-abi3.abi3t"), parse("cp314-cp314t")];
        let best = search(&pythons[1..], &there).unwrap();
        let tags: Vec<&str> = best.iter().map(|one| one.tags.as_str()).collect();
        assert_eq!(tags, ["cp315-abi3.abi3t", "cp314-cp314t"]);
    }
}
