//! Installers refuse the wheel because what they read first is missing or invalid.
//!
//! Before unpacking anything, an installer reads the file name, and then `WHEEL` and `METADATA` in the directory that
//! ends in `.dist-info`. Without them it knows neither how to unpack the wheel nor what it is:
//!
//! ```text
//! ERROR: fast has an invalid wheel, .dist-info directory not found
//! ERROR: fast has an invalid wheel, could not read 'fast-1.0.dist-info/WHEEL' file
//! ERROR: fast's Wheel-Version (2.0) is not compatible with this version of pip
//! ERROR: fast-1.0-abc-cp312-cp312-win_amd64.whl is not a valid wheel filename.
//! ```
//!
//! A wheel needs a `Wheel-Version` whose first number is 1; a `Name` and a `Version` in `METADATA`; requirements
//! (`Requires-Dist`) that start with a distribution name; a version in the file name that's valid under PEP 440 (older
//! versions of pip accept any); and, if it has a build number, one that starts with a digit. Installers only warn about
//! a newer `Wheel-Version` that starts with 1. pip accepts a `WHEEL` without a `Tag`, though the format requires one.
//!
//! ## Example
//!
//! A directory was packed with `zip` instead of `wheel pack`, or only the package was packed, without the `.dist-info`
//! next to it.
//!
//! ## What to do
//!
//! Let a build backend write the wheel: `maturin build`, or `python -m build`. To change a finished one, use `wheel unpack`
//! and `wheel pack`.
//!
//! ## Where it is specified
//!
//! The Python packaging guide under
//! [Binary distribution format](https://packaging.python.org/en/latest/specifications/binary-distribution-format/) and
//! [Core metadata](https://packaging.python.org/en/latest/specifications/core-metadata/);
//! [PEP 440](https://peps.python.org/pep-0440/) for versions.

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::wheel::WheelFacts;

pub(crate) static RULE: Rule = Rule::new("WR0608", "wheel-refused", include_str!("refused.rs"));

/// The finding lists at most this many requirements.
const SHOWN: usize = 5;

/// Something that an installer doesn't accept.
struct Fault {
    severity: Severity,
    message: String,
    what: &'static str,
    expected: &'static str,
    found: String,
}

impl Fault {
    fn error(
        message: impl Into<String>,
        what: &'static str,
        expected: &'static str,
        found: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            what,
            expected,
            found: found.into(),
        }
    }

    fn warning(self) -> Self {
        Self {
            severity: Severity::Warning,
            ..self
        }
    }
}

/// One finding for everything that's wrong: a wheel that no build tool made has several faults with one cause.
pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let mut faults = in_name(facts);
    if facts.dist_info.is_empty() {
        faults.push(Fault::error(
            "the wheel has no `.dist-info` directory for its metadata",
            "metadata directory",
            "one that ends in .dist-info",
            "none",
        ));
    } else {
        faults.extend(in_wheel(facts));
        faults.extend(in_metadata(facts));
    }
    // Errors first; otherwise the order stays the same.
    faults.sort_by_key(|fault| std::cmp::Reverse(fault.severity));
    let first = faults.first()?;
    let finding = RULE.finding(first.message.clone()).severity(first.severity);
    let finding = faults.iter().fold(finding, |finding, fault| {
        finding.because(Evidence::mismatch(
            fault.what,
            fault.expected,
            fault.found.clone(),
        ))
    });
    Some(finding.hint("let a build tool write it: `maturin build`, or `wheel pack` for a wheel unpacked with `wheel \
                       unpack`"))
}

fn in_name(facts: &WheelFacts) -> Vec<Fault> {
    let mut faults = Vec::new();
    let name = &facts.name;
    if !name.has_known_version() {
        faults.push(
            Fault::error(
                format!(
                    "`{}` in the file name isn't a valid version under PEP 440",
                    name.version
                ),
                "version",
                "one such as 1.0 or 2.1rc1",
                &name.version,
            )
            // Older versions of pip accept any.
            .warning(),
        );
    }
    if let Some(build) = &name.build
        && !build.starts_with(|first: char| first.is_ascii_digit())
    {
        faults.push(Fault::error(
            format!(
                "`{build}` in the file name isn't a build number, which must start with a digit"
            ),
            "build number",
            "one such as 1 or 2abc",
            build,
        ));
    }
    faults
}

fn in_wheel(facts: &WheelFacts) -> Vec<Fault> {
    const WANTED: &str = "1.0";
    const WHAT: &str = "Wheel-Version";
    if !facts.has_wheel {
        return vec![Fault::error(
            "the wheel has no WHEEL file in its `.dist-info`",
            "WHEEL",
            "a file",
            "none",
        )];
    }
    let is_wheel = |path: &str| path.ends_with(".dist-info/WHEEL");
    // Another rule reports what can't be unpacked, and its contents are unknown.
    if facts.damaged.iter().any(|one| is_wheel(&one.path)) {
        return Vec::new();
    }
    if let Some(one) = facts.unreadable.iter().find(|one| is_wheel(&one.path)) {
        return vec![Fault::error(
            format!("the wheel's WHEEL file can't be read: {}", one.reason),
            "WHEEL",
            "text",
            one.reason.clone(),
        )];
    }
    let mut faults = Vec::new();
    match facts.metadata.wheel_version.as_deref() {
        None => faults.push(Fault::error(
            "WHEEL doesn't say which format version the wheel has",
            WHAT,
            WANTED,
            "none",
        )),
        Some(version) => match numbers(version) {
            Some((1, 0)) => {}
            Some((1, _)) => faults.push(
                Fault::error(
                    format!("the wheel's format is {version}, which installers warn about"),
                    WHAT,
                    WANTED,
                    version,
                )
                .warning(),
            ),
            Some(_) => faults.push(Fault::error(
                format!("the wheel's format is {version}, which installers don't know"),
                WHAT,
                WANTED,
                version,
            )),
            None => faults.push(Fault::error(
                format!("`{version}` in WHEEL isn't a format version"),
                WHAT,
                WANTED,
                version,
            )),
        },
    }
    if facts.metadata.tags.is_empty() {
        faults.push(
            Fault::error(
                "WHEEL has no tags to say which Pythons and systems the wheel is for",
                "Tag",
                "the tags in the file name",
                "none",
            )
            .warning(),
        );
    }
    faults
}

fn in_metadata(facts: &WheelFacts) -> Vec<Fault> {
    if !facts.has_metadata {
        return vec![Fault::error(
            "the wheel has no METADATA file in its `.dist-info`",
            "METADATA",
            "a file",
            "none",
        )];
    }
    let is_metadata = |path: &str| path.ends_with(".dist-info/METADATA");
    if facts.damaged.iter().any(|one| is_metadata(&one.path)) {
        return Vec::new();
    }
    let fields = [
        ("Name", &facts.metadata.name),
        ("Version", &facts.metadata.version),
    ];
    let missing = fields
        .into_iter()
        .filter(|(_, value)| value.is_none())
        .map(|(field, _)| {
            Fault::error(
                format!("METADATA has no `{field}`"),
                field,
                "the one in the file name",
                "none",
            )
        });
    let requirements = facts.metadata.requires_dist.iter();
    let unreadable = requirements.filter(|one| !starts_with_distribution(one));
    let unreadable = unreadable.take(SHOWN).map(|one| {
        Fault::error(
            format!("`{one}` in METADATA isn't a valid requirement"),
            "Requires-Dist",
            "one such as `numpy>=2` or `numpy; python_version < \"3.12\"`",
            one,
        )
    });
    missing.chain(unreadable).collect()
}

/// Whether a requirement starts like one: with a name, followed by extras, versions, a URL, a marker or nothing. The
/// versions and the marker aren't checked: installers are more lenient there than the specification.
fn starts_with_distribution(requirement: &str) -> bool {
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let end = requirement.find(|letter| !is_of_name(letter));
    let (name, rest) = requirement.split_at(end.unwrap_or(requirement.len()));
    let is_edge = |letter: char| letter.is_ascii_alphanumeric();
    let rest = rest.trim_start();
    name.starts_with(is_edge)
        && name.ends_with(is_edge)
        && (rest.is_empty() || rest.starts_with(|letter: char| "[(<>=!~;@".contains(letter)))
}

/// The two numbers of a format version. pip accepts any numbers separated by dots.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(|part| part.trim().parse().ok());
    let major = numbers.next()??;
    let minor = numbers.next().unwrap_or(Some(0))?;
    Some((major, minor))
}
