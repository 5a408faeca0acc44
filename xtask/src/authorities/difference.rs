//! A difference between us and an authority.

use std::collections::{BTreeMap, BTreeSet};

/// A difference. What both sides agree on is left out of the two strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) authority: &'static str,
    pub(super) wheel: String,
    /// The member of the wheel; empty if it's about the wheel as a whole.
    pub(super) member: String,
    /// The subject, such as `needed libraries`.
    pub(super) subject: String,
    pub(super) ours: String,
    pub(super) theirs: String,
}

/// What is compared: which wheel and member, and with which authority.
#[derive(Debug, Clone, Copy)]
pub(super) struct ComparisonSite<'a> {
    pub(super) authority: &'static str,
    pub(super) wheel: &'a str,
    pub(super) member: &'a str,
}

impl ComparisonSite<'_> {
    /// Compares two values.
    pub(super) fn values(&self, subject: &str, ours: &str, theirs: &str) -> Option<Difference> {
        (ours != theirs).then(|| Difference {
            authority: self.authority,
            wheel: self.wheel.to_owned(),
            member: self.member.to_owned(),
            subject: subject.to_owned(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
        })
    }

    /// Compares two sets; the difference names what only one side has.
    pub(super) fn sets(
        &self,
        subject: &str,
        ours: &BTreeSet<String>,
        theirs: &BTreeSet<String>,
    ) -> Option<Difference> {
        let only = |these: &BTreeSet<String>, those: &BTreeSet<String>| {
            let names: Vec<&str> = these.difference(those).map(String::as_str).collect();
            names.join(" ")
        };
        self.values(subject, &only(ours, theirs), &only(theirs, ours))
    }

    /// Compares whether both sides accept a wheel: the findings for which we don't, and the message with which it's
    /// refused.
    pub(super) fn verdicts(
        &self,
        subject: &str,
        findings: &[String],
        refusal: Option<&str>,
    ) -> Option<Difference> {
        if findings.is_empty() == refusal.is_none() {
            return None;
        }
        let ours = findings.join(" ");
        let refusal = refusal.map(|words| format!("refused: {words}"));
        let taken = |text: &str| {
            if text.is_empty() {
                "taken".to_owned()
            } else {
                text.to_owned()
            }
        };
        self.values(subject, &taken(&ours), &taken(&refusal.unwrap_or_default()))
    }

    /// Compares the facts of both sides on several subjects, each as a set.
    pub(super) fn subjects(
        &self,
        ours: &BTreeMap<&'static str, BTreeSet<String>>,
        theirs: &BTreeMap<&'static str, BTreeSet<String>>,
    ) -> Vec<Difference> {
        let subjects: BTreeSet<&str> = ours.keys().chain(theirs.keys()).copied().collect();
        let none = BTreeSet::new();
        let differences = subjects.into_iter().filter_map(|subject| {
            let of = |said: &BTreeMap<&'static str, BTreeSet<String>>| {
                said.get(subject).unwrap_or(&none).clone()
            };
            self.sets(subject, &of(ours), &of(theirs))
        });
        differences.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_differ_by_what_one_side_lacks() {
        let place = ComparisonSite {
            authority: "readelf",
            wheel: "a.whl",
            member: "a.so",
        };
        let set = |names: &str| names.split(' ').map(str::to_owned).collect();
        assert_eq!(place.sets("x", &set("a b"), &set("b a")), None);
        let found = place.sets("x", &set("a b"), &set("b c d")).unwrap();
        assert_eq!((found.ours.as_str(), found.theirs.as_str()), ("a", "c d"));
    }
}
