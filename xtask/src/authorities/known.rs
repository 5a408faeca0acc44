//! Reviewed differences and findings: what each of them is, and why.

use std::fs;

use anyhow::Context;
use serde::Deserialize;

use super::difference::Difference;
use super::findings::Fired;

/// The reviewed entries.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) differences: Vec<KnownDifference>,
    pub(super) findings: Vec<KnownFinding>,
}

/// A difference that is the authority's mistake, or that answers another question than ours.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownDifference {
    authority: String,
    /// The wheel; if the file lists several, there is one entry for each.
    #[serde(default)]
    wheel: String,
    #[serde(default)]
    wheels: Vec<String>,
    #[serde(default)]
    member: String,
    subject: String,
    #[serde(default)]
    ours: String,
    #[serde(default)]
    theirs: String,
    /// Why we are right: what the bytes or the specification say.
    pub(super) evidence: String,
}

/// A rule that rightly fires on a published wheel.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownFinding {
    wheel: String,
    code: String,
    message: String,
    /// Why it is right.
    pub(super) reason: String,
}

#[derive(Deserialize)]
struct Differences {
    #[serde(default)]
    difference: Vec<KnownDifference>,
}

#[derive(Deserialize)]
struct Findings {
    #[serde(default)]
    finding: Vec<KnownFinding>,
}

const DIFFERENCES: &str = "xtask/data/authorities/known.toml";
const FINDINGS: &str = "xtask/data/authorities/findings.toml";

impl Known {
    pub(super) fn read() -> anyhow::Result<Self> {
        let root = crate::tidy::workspace_root()?;
        let text = |path: &str| {
            fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"))
        };
        let differences: Differences = toml::from_str(&text(DIFFERENCES)?).context(DIFFERENCES)?;
        let findings: Findings = toml::from_str(&text(FINDINGS)?).context(FINDINGS)?;
        let differences = differences.difference.into_iter();
        Ok(Self {
            differences: differences
                .flat_map(KnownDifference::for_each_wheel)
                .collect(),
            findings: findings.finding,
        })
    }
}

impl KnownDifference {
    fn for_each_wheel(mut self) -> Vec<Self> {
        let wheels = std::mem::take(&mut self.wheels);
        if wheels.is_empty() {
            return vec![self];
        }
        let of = |wheel| Self {
            wheel,
            ..self.clone()
        };
        wheels.into_iter().map(of).collect()
    }

    pub(super) fn is(&self, found: &Difference) -> bool {
        self.authority == found.authority
            && self.wheel == found.wheel
            && self.member == found.member
            && self.subject == found.subject
            && self.ours == found.ours
            && self.theirs == found.theirs
    }

    /// Its description if it has vanished.
    pub(super) fn title(&self) -> String {
        format!(
            "{}: {} of {} {}",
            self.authority, self.subject, self.wheel, self.member
        )
    }
}

impl KnownFinding {
    pub(super) fn is(&self, found: &Fired) -> bool {
        self.wheel == found.wheel && self.code == found.code && self.message == found.message
    }

    /// Its description if it has vanished.
    pub(super) fn title(&self) -> String {
        format!("{} on {}: {}", self.code, self.wheel, self.message)
    }
}

/// A difference in the file's format, ready to be reviewed.
pub(super) fn difference_entry(found: &Difference) -> String {
    entry(
        "difference",
        &[
            ("authority", found.authority),
            ("wheel", &found.wheel),
            ("member", &found.member),
            ("subject", &found.subject),
            ("ours", &found.ours),
            ("theirs", &found.theirs),
            ("evidence", ""),
        ],
    )
}

/// A finding in the file's format, ready to be reviewed.
pub(super) fn finding_entry(found: &Fired) -> String {
    entry(
        "finding",
        &[
            ("wheel", &found.wheel),
            ("code", &found.code),
            ("message", &found.message),
            ("reason", ""),
        ],
    )
}

fn entry(name: &str, fields: &[(&str, &str)]) -> String {
    let mut text = format!("[[{name}]]\n");
    for (key, value) in fields {
        text += &format!("{key} = {}\n", toml::Value::String((*value).to_owned()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_says_why() {
        let known = Known::read().unwrap();
        for one in &known.differences {
            assert!(one.evidence.len() > 20, "{}", one.title());
        }
        for one in &known.findings {
            assert!(one.reason.len() > 20, "{}", one.title());
        }
    }

    #[test]
    fn what_is_printed_can_be_put_into_the_file() {
        let found = Fired {
            wheel: "a.whl".to_owned(),
            code: "WR0603".to_owned(),
            message: "it says `x`, \"quoted\"".to_owned(),
        };
        let read: Findings = toml::from_str(&finding_entry(&found)).unwrap();
        assert!(read.finding[0].is(&found));
    }
}
