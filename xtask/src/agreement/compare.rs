//! Compares the outcomes of both sides, test by test.

use std::collections::BTreeSet;

use super::list::Known;
use super::ordinary::Ordinary;
use super::outcome::{Outcome, Outcomes};
use super::ways::Said;

/// What was compared, and where the sides differ.
#[derive(Debug)]
pub(super) struct Comparison {
    pub(super) ordinary: Ordinary,
    pub(super) runs: Vec<(&'static str, Said)>,
    /// Differences with a cause on the list: the cause, and how many tests in how many runs it explains.
    pub(super) explained: Vec<(String, usize)>,
    /// The others, each in words.
    pub(super) unexplained: Vec<String>,
}

impl Comparison {
    pub(super) fn of(known: &[Known], ordinary: Ordinary, runs: Vec<(&'static str, Said)>) -> Self {
        let mut comparison = Self {
            ordinary,
            runs: Vec::new(),
            explained: known.iter().map(|one| (one.cause.clone(), 0)).collect(),
            unexplained: Vec::new(),
        };
        for (name, said) in runs {
            comparison.add(known, name, said);
        }
        for (known, (_, count)) in known.iter().zip(&comparison.explained) {
            if *count == 0 {
                comparison.unexplained.push(format!(
                    "vanished: `{}` of the list no longer differs",
                    known.tests
                ));
            }
        }
        comparison
    }

    fn add(&mut self, listed: &[Known], run: &'static str, said: Said) {
        let mut is_explained = false;
        let pairs = [
            (&self.ordinary.python, &said.python),
            (&self.ordinary.rust, &said.rust),
        ];
        for (test, ordinary, ours) in pairs.into_iter().flat_map(|(a, b)| differences(a, b)) {
            let known = listed
                .iter()
                .position(|known| test.starts_with(&known.tests));
            if let Some(at) = known {
                self.explained[at].1 += 1;
                is_explained = true;
                continue;
            }
            self.unexplained.push(format!(
                "{run}: {test}: {} the ordinary way, {} by wr",
                shown(ordinary),
                shown(ours)
            ));
        }
        for file in &self.ordinary.uncollected {
            let mut named = said.findings.iter().chain(&said.evidence);
            if !named.any(|text| text.contains(file)) {
                self.unexplained.push(format!(
                    "{run}: pytest cannot collect {file}, and no finding of wr names it"
                ));
            }
        }
        // If a test is known to differ, so may the verdict.
        let is_solved = said.status == "solved";
        if is_solved != self.ordinary.is_good && !is_explained {
            self.unexplained.push(format!(
                "{run}: the tools report {}, and wr says `{}`: {}",
                if self.ordinary.is_good {
                    "success"
                } else {
                    "failure"
                },
                said.status,
                said.findings.join("; ")
            ));
        }
        self.runs.push((run, said));
    }

    pub(super) fn is_good(&self) -> bool {
        self.unexplained.is_empty()
    }
}

fn shown(outcome: Option<Outcome>) -> &'static str {
    outcome.map_or("not there", Outcome::name)
}

/// The tests that don't have the same outcome on both sides.
fn differences(
    ordinary: &Outcomes,
    ours: &Outcomes,
) -> Vec<(String, Option<Outcome>, Option<Outcome>)> {
    let names: BTreeSet<&String> = ordinary.0.keys().chain(ours.0.keys()).collect();
    names
        .into_iter()
        .map(|name| {
            (
                name.clone(),
                ordinary.0.get(name).copied(),
                ours.0.get(name).copied(),
            )
        })
        .filter(|(_, ordinary, ours)| ordinary != ours)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::differences;
    use crate::agreement::outcome::{Outcome, Outcomes};

    #[test]
    fn every_test_that_differs_or_is_on_one_side_only_is_a_difference() {
        let of = |tests: &[(&str, Outcome)]| {
            let mut outcomes = Outcomes::default();
            for (name, outcome) in tests {
                outcomes.add((*name).to_owned(), *outcome);
            }
            outcomes
        };
        let ordinary = of(&[
            ("a", Outcome::Passed),
            ("b", Outcome::Passed),
            ("c", Outcome::Skipped),
        ]);
        let ours = of(&[
            ("a", Outcome::Passed),
            ("b", Outcome::Failed),
            ("d", Outcome::Passed),
        ]);
        let names: Vec<String> = differences(&ordinary, &ours)
            .into_iter()
            .map(|(name, _, _)| name)
            .collect();
        assert_eq!(names, ["b", "c", "d"]);
        assert!(differences(&ordinary, &ordinary).is_empty());
    }
}
