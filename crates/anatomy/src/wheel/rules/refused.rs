//! Installers refuse the wheel, since what they read first is missing or is none.
//!
//! Before anything is unpacked, an installer reads the file's name and then `WHEEL` and `METADATA` in the directory that ends
//! in `.dist-info`. Without them it knows neither how to unpack the wheel nor what it is:
//!
//! ```text
//! ERROR: fast has an invalid wheel, .dist-info directory not found
//! ERROR: fast has an invalid wheel, could not read 'fast-1.0.dist-info/WHEEL' file
//! ERROR: fast's Wheel-Version (2.0) is not compatible with this version of pip
//! ERROR: fast-1.0-abc-cp312-cp312-win_amd64.whl is not a valid wheel filename.
//! ```
//!
//! What is needed is a `Wheel-Version` whose first number is 1, a `Name` and a `Version` in `METADATA`, requirements (`Requires-Dist`) that
//! begin with a distribution's name, a version in the file's
//! name that PEP 440 knows (older versions of pip take any), and a build number that begins with a digit, where there is one. A newer `Wheel-Version` that
//! begins with 1 makes installers warn. A `WHEEL` without a `Tag` is taken by pip, though the format asks for
//! one.
//!
//! ## Example
//!
//! A directory was packed with `zip` in the place of `wheel pack`; or only the package was packed, and not the `.dist-info`
//! beside it.
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

/// More requirements than these say nothing more.
const SHOWN: usize = 5;

/// Something that is not as an installer wants it.
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

/// One finding for all that is wrong: a wheel that was not built by a build tool has several faults of one cause.
pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let mut faults = in_name(facts);
    if facts.dist_info.is_empty() {
        faults.push(Fault::error(
            "the wheel has no `.dist-info` directory, in which its metadata lies",
            "directory of metadata",
            "one that ends in .dist-info",
            "none",
        ));
    } else {
        faults.extend(in_wheel(facts));
        faults.extend(in_metadata(facts));
    }
    // Errors first; the order is kept otherwise.
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
    Some(finding.hint("let a build tool write it: `maturin build`, or `wheel pack` for what `wheel unpack` unpacked"))
}

fn in_name(facts: &WheelFacts) -> Vec<Fault> {
    let mut faults = Vec::new();
    let name = &facts.name;
    if !name.has_known_version() {
        faults.push(
            Fault::error(
                format!(
                    "`{}` in the file's name is no version by PEP 440",
                    name.version
                ),
                "version",
                "one such as 1.0 or 2.1rc1",
                &name.version,
            )
            // Older versions of pip take any.
            .warning(),
        );
    }
    if let Some(build) = &name.build
        && !build.starts_with(|first: char| first.is_ascii_digit())
    {
        faults.push(Fault::error(
            format!("`{build}` in the file's name is no build number, which begins with a digit"),
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
            "the wheel has no file WHEEL in its `.dist-info`",
            "WHEEL",
            "a file",
            "none",
        )];
    }
    let is_wheel = |path: &str| path.ends_with(".dist-info/WHEEL");
    // What can't be unpacked is another rule's finding, and nothing is known of what is in it.
    if facts.damaged.iter().any(|one| is_wheel(&one.path)) {
        return Vec::new();
    }
    if let Some(one) = facts.unreadable.iter().find(|one| is_wheel(&one.path)) {
        return vec![Fault::error(
            format!("the wheel's file WHEEL is not readable: {}", one.reason),
            "WHEEL",
            "text",
            one.reason.clone(),
        )];
    }
    let mut faults = Vec::new();
    match facts.metadata.wheel_version.as_deref() {
        None => faults.push(Fault::error(
            "WHEEL does not say which version of the format the wheel has",
            WHAT,
            WANTED,
            "none",
        )),
        Some(version) => match numbers(version) {
            Some((1, 0)) => {}
            Some((1, _)) => faults.push(
                Fault::error(
                    format!("the wheel's format is {version}, which installers warn of"),
                    WHAT,
                    WANTED,
                    version,
                )
                .warning(),
            ),
            Some(_) => faults.push(Fault::error(
                format!("the wheel's format is {version}, which installers do not know"),
                WHAT,
                WANTED,
                version,
            )),
            None => faults.push(Fault::error(
                format!("`{version}` in WHEEL is no version of the format"),
                WHAT,
                WANTED,
                version,
            )),
        },
    }
    if facts.metadata.tags.is_empty() {
        faults.push(
            Fault::error(
                "WHEEL has no tags, which say for which Pythons and systems the wheel is",
                "Tag",
                "the tags of the file's name",
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
            "the wheel has no file METADATA in its `.dist-info`",
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
                "that of the file's name",
                "none",
            )
        });
    let requirements = facts.metadata.requires_dist.iter();
    let unreadable = requirements.filter(|one| !names_a_distribution(one));
    let unreadable = unreadable.take(SHOWN).map(|one| {
        Fault::error(
            format!("`{one}` in METADATA is not a requirement"),
            "Requires-Dist",
            "one such as `numpy>=2` or `numpy; python_version < \"3.12\"`",
            one,
        )
    });
    missing.chain(unreadable).collect()
}

/// Whether a requirement begins as one: with a name, and after it extras, versions, an address, a condition or nothing. What the
/// versions and the condition are is not looked at: installers forgive more there than is specified.
fn names_a_distribution(requirement: &str) -> bool {
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let end = requirement.find(|letter| !is_of_name(letter));
    let (name, rest) = requirement.split_at(end.unwrap_or(requirement.len()));
    let is_edge = |letter: char| letter.is_ascii_alphanumeric();
    let rest = rest.trim_start();
    name.starts_with(is_edge)
        && name.ends_with(is_edge)
        && (rest.is_empty() || rest.starts_with(|letter: char| "[(<>=!~;@".contains(letter)))
}

/// The two numbers of a version of the format. pip reads any numbers with dots between them.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(|part| part.trim().parse().ok());
    let major = numbers.next()??;
    let minor = numbers.next().unwrap_or(Some(0))?;
    Some((major, minor))
}
