//! Where `wr` spends its time, step by step.

use std::time::Duration;

use serde_json::Value;

use super::samples::Samples;

/// The steps in the order in which they happen. A step that the verdict doesn't mention took no time.
const STEPS: [(&str, &str); 13] = [
    ("notice", "notice"),
    ("describe", "plan: read the manifests"),
    ("recall", "plan: has it changed?"),
    ("environment", "environment"),
    ("build", "cargo"),
    ("inspect", "inspect"),
    ("expose", "expose"),
    ("rust_tests", "Rust tests"),
    ("python_tests/start", "fork, or wait for the child"),
    ("python_tests/collect", "collect"),
    ("python_tests/run", "run"),
    ("python_tests/end", "end the child"),
    ("judge", "judge and remember"),
];

/// What no step accounts for: starting the program, noticing the change, rendering, and delivering the output.
const REST: &str = "start, render, deliver";

/// The times of each step over several answers.
#[derive(Debug, Clone, Default)]
pub(super) struct Breakdown {
    steps: Vec<(&'static str, Samples)>,
}

impl Breakdown {
    /// Adds a verdict that came `elapsed` after the save.
    pub(super) fn add(&mut self, document: &Value, elapsed: Duration) {
        let timings = document["verdicts"][0]["timings"].as_array();
        let took = |wanted: &str| -> f64 {
            timings
                .into_iter()
                .flatten()
                .filter(|timing| timing["step"] == wanted)
                .filter_map(|timing| timing["milliseconds"].as_f64())
                // The sum of an empty list is negative zero.
                .fold(0.0, |sum, one| sum + one)
        };
        let mut rest = elapsed.as_secs_f64() * 1e3;
        for (step, shown) in STEPS {
            let milliseconds = took(step);
            rest -= milliseconds;
            self.push(shown, milliseconds);
        }
        self.push(REST, rest.max(0.0));
    }

    fn push(&mut self, shown: &'static str, milliseconds: f64) {
        let known = self.steps.iter_mut().find(|(name, _)| *name == shown);
        if let Some((_, samples)) = known {
            samples.push_ms(milliseconds);
        } else {
            let mut samples = Samples::default();
            samples.push_ms(milliseconds);
            self.steps.push((shown, samples));
        }
    }

    /// Each step with its median, in milliseconds.
    pub(super) fn medians(&self) -> impl Iterator<Item = (&'static str, f64)> {
        self.steps
            .iter()
            .map(|(name, samples)| (*name, samples.median()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_outside_all_steps_is_the_rest() {
        let mut breakdown = Breakdown::default();
        let document = serde_json::json!({"verdicts": [{"timings": [
            {"step": "build", "milliseconds": 200.0},
            {"step": "notice", "milliseconds": 4.0},
        ]}]});
        breakdown.add(&document, Duration::from_millis(220));
        let told: Vec<_> = breakdown
            .medians()
            .filter(|(_, median)| *median > 0.0)
            .collect();
        assert_eq!(told, [("notice", 4.0), ("cargo", 200.0), (REST, 16.0)]);
    }
}
