//! A release: which Python on which system is served by which of its wheels, what its metadata promises, and how few wheels
//! would do.

mod promise;
mod rules;
mod served;
mod smallest;
mod targets;

pub use promise::{PromisedBy, PromisedPython};
pub(crate) use rules::{METADATA_DIFFERS, PROMISE_UNSERVED};
pub use served::{Cell, Row};
pub use smallest::{SmallestSet, SuggestedWheel};
pub use targets::Family;

use diagnostic::Diagnostic;
use serde::Serialize;

use crate::loads::Python;
use crate::names::normalized_distribution;
use crate::wheel::WheelFacts;

/// A wheel of a release.
#[derive(Debug, Clone, Copy)]
pub struct ReleasedWheel<'w> {
    /// The name of its file.
    pub file: &'w str,
    /// What it is.
    pub facts: &'w WheelFacts,
}

/// A source distribution of a release, by its file's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceDistribution {
    /// The name of its file.
    pub file: String,
    /// The project's name.
    #[serde(skip)]
    pub distribution: String,
    /// Its version.
    #[serde(skip)]
    pub version: String,
}

impl SourceDistribution {
    /// Reads a name such as `fast-1.0.tar.gz` (PEP 625); older ones may be zips.
    pub fn parse(file: &str) -> Option<Self> {
        let stem = file
            .strip_suffix(".tar.gz")
            .or_else(|| file.strip_suffix(".zip"))?;
        let (distribution, version) = stem.rsplit_once('-')?;
        let begins_with_digit = version.starts_with(|first: char| first.is_ascii_digit());
        (!distribution.is_empty() && begins_with_digit).then(|| Self {
            file: file.to_owned(),
            distribution: distribution.to_owned(),
            version: version.to_owned(),
        })
    }
}

/// What is known of a release.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReleaseFacts {
    /// The project's name, as most files spell it.
    pub distribution: String,
    /// Its version.
    pub version: String,
    /// The wheels, by their files' names, sorted.
    pub wheels: Vec<String>,
    /// The source distribution, where there's one.
    pub sdist: Option<SourceDistribution>,
    /// `Requires-Python`, where all wheels agree.
    pub requires_python: Option<String>,
    /// The Pythons that were looked at: the columns of the table.
    pub pythons: Vec<Python>,
    /// The systems that were looked at: the rows of the table, and which wheel serves each Python there.
    pub rows: Vec<Row>,
    /// Which Pythons the metadata promises, and by what.
    pub promised: Vec<PromisedPython>,
    /// How few wheels for a system would serve all Pythons that are promised or served today; nothing where no wheel has an
    /// extension that asks anything of Python.
    pub smallest: Option<SmallestSet>,
}

/// A release, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReleaseInspection {
    /// What the release is.
    pub facts: ReleaseFacts,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Sorts wheels and source distributions by project and version, and looks at each release.
pub fn inspect_releases(
    wheels: &[ReleasedWheel<'_>],
    sdists: &[SourceDistribution],
) -> Vec<ReleaseInspection> {
    let mut groups: Vec<(Vec<ReleasedWheel<'_>>, Option<SourceDistribution>)> = Vec::new();
    for wheel in wheels {
        let name = &wheel.facts.name;
        let group = groups.iter_mut().find(|(group, _)| {
            group.first().is_some_and(|first| {
                name.is_of_distribution(&first.facts.name.distribution)
                    && name.is_of_version(&first.facts.name.version)
            })
        });
        match group {
            Some((group, _)) => group.push(*wheel),
            None => groups.push((vec![*wheel], None)),
        }
    }
    let mut alone = Vec::new();
    for sdist in sdists {
        let group = groups.iter_mut().find(|(group, _)| {
            group.first().is_some_and(|first| {
                let name = &first.facts.name;
                name.is_of_distribution(&sdist.distribution) && name.is_of_version(&sdist.version)
            })
        });
        match group {
            Some((_, found)) => *found = Some(sdist.clone()),
            None => alone.push((Vec::new(), Some(sdist.clone()))),
        }
    }
    groups.extend(alone);
    let mut releases: Vec<ReleaseInspection> = groups
        .into_iter()
        .filter_map(|(wheels, sdist)| inspect_release(wheels, sdist))
        .collect();
    releases.sort_by(|one, other| key(&one.facts).cmp(&key(&other.facts)));
    releases
}

fn key(facts: &ReleaseFacts) -> (String, Option<pep440_rs::Version>, &str) {
    (
        normalized_distribution(&facts.distribution),
        facts.version.parse().ok(),
        &facts.version,
    )
}

fn inspect_release(
    mut wheels: Vec<ReleasedWheel<'_>>,
    sdist: Option<SourceDistribution>,
) -> Option<ReleaseInspection> {
    wheels.sort_by_key(|wheel| wheel.file);
    let (distribution, version) = match (wheels.first(), &sdist) {
        (Some(first), _) => (
            first.facts.name.distribution.clone(),
            first.facts.name.version.clone(),
        ),
        (None, Some(sdist)) => (sdist.distribution.clone(), sdist.version.clone()),
        (None, None) => return None,
    };
    let promised = promise::promised(&wheels);
    let pythons = targets::pythons(&wheels, &promised);
    let rows = served::rows(&wheels, sdist.is_some(), &pythons);
    let smallest = smallest::smallest(&wheels, &pythons, &rows, &promised);
    let requires_python = wheels
        .first()
        .and_then(|first| first.facts.metadata.requires_python.clone())
        .filter(|required| {
            wheels
                .iter()
                .all(|wheel| wheel.facts.metadata.requires_python.as_ref() == Some(required))
        });
    let facts = ReleaseFacts {
        distribution,
        version,
        wheels: wheels.iter().map(|wheel| wheel.file.to_owned()).collect(),
        sdist,
        requires_python,
        pythons,
        rows,
        promised,
        smallest,
    };
    let diagnostics = rules::judge(&facts, &wheels);
    Some(ReleaseInspection { facts, diagnostics })
}
