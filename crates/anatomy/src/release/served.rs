//! The wheel that an installer chooses from a release for each Python on each system.
//!
//! pip and uv skip wheels whose `Requires-Python` excludes the Python, then choose the one with the best tag, in the
//! order of `packaging.tags`; if two have the same tag, the higher build number wins.

use std::cmp::Reverse;

use serde::Serialize;

use super::ReleasedWheel;
use super::promise::admits;
use super::targets::{Family, families};
use crate::loads::Python;
use crate::target::Implementation;
use crate::wheel::{Platform, SupportedTags, Tag};

/// More tags than any Python accepts.
const AFTER_ALL: usize = 1 << 20;

/// A system, and what it offers each Python.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The system.
    pub system: Family,
    /// What serves each Python, in column order.
    pub cells: Vec<Cell>,
}

impl Row {
    /// Whether any Python has a wheel.
    pub fn has_wheel(&self) -> bool {
        self.cells
            .iter()
            .any(|cell| matches!(cell, Cell::Wheel { .. }))
    }
}

/// What serves a Python on a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "served_by", rename_all = "snake_case")]
pub enum Cell {
    /// A wheel.
    Wheel {
        /// Its file name.
        file: String,
        /// The tag it's chosen by.
        tag: Tag,
        /// The oldest version of the system or its C library that any wheel for this Python supports.
        oldest: Option<String>,
    },
    /// The source distribution, which is built during installation.
    Sdist,
    /// Nothing.
    Nothing,
    /// Nothing, because `Requires-Python` excludes the Python.
    Excluded,
}

pub(super) fn rows(wheels: &[ReleasedWheel<'_>], has_sdist: bool, pythons: &[Python]) -> Vec<Row> {
    families(wheels)
        .into_iter()
        .map(|system| {
            let newest = system.newest();
            let cells: Vec<Cell> = pythons
                .iter()
                .map(|python| {
                    let supported = SupportedTags::new(*python, &newest);
                    cell(wheels, has_sdist, *python, &supported)
                })
                .collect();
            Row { system, cells }
        })
        .collect()
}

fn cell(
    wheels: &[ReleasedWheel<'_>],
    has_sdist: bool,
    python: Python,
    supported: &SupportedTags,
) -> Cell {
    let is_admitted = |wheel: &&ReleasedWheel<'_>| {
        admits(
            wheel.facts.metadata.requires_python.as_deref(),
            python.version,
        )
    };
    let taken: Vec<(usize, &Tag, &ReleasedWheel<'_>)> = wheels
        .iter()
        .filter(is_admitted)
        .filter_map(|wheel| {
            let tags = &wheel.facts.name.tags;
            let (rank, tag) = tags
                .iter()
                .filter_map(|tag| Some((rank(tag, python, supported)?, tag)))
                .min_by_key(|(rank, _)| *rank)?;
            Some((rank, tag, wheel))
        })
        .collect();
    let best = taken
        .iter()
        .min_by_key(|(rank, _, wheel)| (*rank, Reverse(build(wheel)), wheel.file));
    match best {
        Some((_, tag, wheel)) => Cell::Wheel {
            file: wheel.file.to_owned(),
            tag: (*tag).clone(),
            oldest: taken
                .iter()
                .flat_map(|(_, _, wheel)| &wheel.facts.name.tags)
                .filter(|tag| rank(tag, python, supported).is_some())
                .map(|tag| version(&tag.platform))
                .min()
                .flatten()
                .map(shown),
        },
        None if !wheels.is_empty() && !wheels.iter().any(|wheel| is_admitted(&wheel)) => {
            Cell::Excluded
        }
        None if has_sdist => Cell::Sdist,
        None => Cell::Nothing,
    }
}

/// A tag's position among those that a Python accepts. Each `PyPy` has its own ABI, `pp73` or a later one. It isn't
/// known which one the user has, so a wheel for any of them serves `PyPy`, and the most common one comes first.
fn rank(tag: &Tag, python: Python, supported: &SupportedTags) -> Option<usize> {
    if let Some(rank) = supported.rank(tag) {
        return Some(rank);
    }
    let (own, _) = tag.abi.split_once("_pp")?;
    (python.implementation == Implementation::PyPy).then_some(())?;
    let same = Tag {
        abi: format!("{own}_pp73"),
        ..tag.clone()
    };
    supported.rank(&same)?.checked_add(AFTER_ALL)
}

/// Build numbers sort by their digits, then by what follows them (PEP 427); no build number comes first.
fn build(wheel: &ReleasedWheel<'_>) -> Option<(u64, String)> {
    let build = wheel.facts.name.build.as_deref()?;
    let rest = build.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = build.strip_suffix(rest).unwrap_or(build);
    Some((digits.parse().unwrap_or(0), rest.to_owned()))
}

/// The system version that a platform tag names.
fn version(platform: &str) -> Option<(u32, u32)> {
    match Platform::parse(platform) {
        Platform::Manylinux(major, minor, _)
        | Platform::Musllinux(major, minor, _)
        | Platform::MacOs(major, minor, _) => Some((major, minor)),
        _ => None,
    }
}

fn shown((major, minor): (u32, u32)) -> String {
    format!("{major}.{minor}")
}
