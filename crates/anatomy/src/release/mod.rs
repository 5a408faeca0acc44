//! A release: which of its wheels serves which Python on which system, what its metadata promises, and the smallest
//! number of wheels that would do.

mod promise;
mod rules;
mod served;
mod smallest;
mod targets;

pub use promise::{PromisedBy, PromisedPython};
pub(crate) use rules::{METADATA_DIFFERS, PROMISE_UNMET};
pub use served::{Cell, Row};
pub use smallest::{SmallestSet, SuggestedWheel};
pub use targets::Family;

use diagnostic::Diagnostic;
use serde::Serialize;

use crate::loads::Python;
use crate::names::normalized_distribution;
use crate::wheel::WheelFacts;

/// A wheel in a release.
#[derive(Debug, Clone, Copy)]
pub struct ReleasedWheel<'w> {
    /// Its file name.
    pub file: &'w str,
    /// What it is.
    pub facts: &'w WheelFacts,
}

/// A release's source distribution, from its file name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceDistribution {
    /// Its file name.
    pub file: String,
    /// The project's name.
    #[serde(skip)]
    pub distribution: String,
    /// Its version.
    #[serde(skip)]
    pub version: String,
}

impl SourceDistribution {
    /// Parses a name such as `fast-1.0.tar.gz` (PEP 625); older ones may be zips.
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

/// The facts about a release.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReleaseFacts {
    /// The project's name, as most files spell it.
    pub distribution: String,
    /// Its version.
    pub version: String,
    /// The wheels' file names, sorted.
    pub wheels: Vec<String>,
    /// The source distribution, if there is one.
    pub sdist: Option<SourceDistribution>,
    /// `Requires-Python`, if all wheels agree.
    pub requires_python: Option<String>,
    /// The Pythons that were considered: the table's columns.
    pub pythons: Vec<Python>,
    /// The systems that were considered: the table's rows, with the wheel that serves each Python there.
    pub rows: Vec<Row>,
    /// The Pythons that the metadata promises, and where.
    pub promised: Vec<PromisedPython>,
    /// The smallest number of wheels for a system that would serve all Pythons promised or served today; `None` if no
    /// wheel has an extension that uses Python's C API.
    pub smallest: Option<SmallestSet>,
}

/// A release and its findings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReleaseInspection {
    /// What the release is.
    pub facts: ReleaseFacts,
    /// What's wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Groups wheels and source distributions by project and version, and inspects each release.
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
