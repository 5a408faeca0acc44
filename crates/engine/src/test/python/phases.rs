//! How long the parts of a run took: measured by the harness inside the run, and by the engine around it.

use std::time::Duration;

use crate::verdict::Timing;

/// The parts, as far as the run got.
pub(super) struct Phases {
    begun: Duration,
    /// From the start of the run to the end of collection, in seconds.
    collected: Option<f64>,
    /// From the start of the run to its end, in seconds, and when the engine heard about it.
    finished: Option<(f64, Duration)>,
}

impl Phases {
    /// The run is requested.
    pub(super) fn begin(now: Duration) -> Self {
        Self {
            begun: now,
            collected: None,
            finished: None,
        }
    }

    /// The harness reported that collection has ended.
    pub(super) fn collected(&mut self, seconds: Option<f64>) {
        self.collected = seconds;
    }

    /// The harness reported that the run has ended.
    pub(super) fn finished(&mut self, seconds: Option<f64>, now: Duration) {
        self.finished = seconds.map(|seconds| (seconds, now));
    }

    /// The parts of a finished run: starting, collecting, running, and ending the child.
    pub(super) fn timings(&self, now: Duration) -> Vec<Timing> {
        let (Some(collected), Some((finished, reported))) = (self.collected, self.finished) else {
            return Vec::new();
        };
        let around = reported.saturating_sub(self.begun).as_secs_f64() - finished;
        [
            ("start", around),
            ("collect", collected),
            ("run", finished - collected),
            ("end", now.saturating_sub(reported).as_secs_f64()),
        ]
        .into_iter()
        .map(|(part, seconds)| {
            let took = Duration::try_from_secs_f64(seconds).unwrap_or_default();
            Timing::new(&format!("python_tests/{part}"), took)
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_add_up_to_the_whole() {
        let ms = Duration::from_millis;
        let mut phases = Phases::begin(ms(100));
        phases.collected(Some(0.010));
        phases.finished(Some(0.030), ms(150));
        let timings: Vec<_> = phases
            .timings(ms(152))
            .into_iter()
            .map(|timing| (timing.step, timing.milliseconds.round()))
            .collect();
        let part = |name: &str, milliseconds| (format!("python_tests/{name}"), milliseconds);
        assert_eq!(
            timings,
            [
                part("start", 20.0),
                part("collect", 10.0),
                part("run", 20.0),
                part("end", 2.0)
            ]
        );
    }

    #[test]
    fn a_run_that_did_not_end_has_no_parts() {
        let mut phases = Phases::begin(Duration::ZERO);
        phases.collected(Some(1.0));
        assert_eq!(phases.timings(Duration::from_secs(2)), []);
    }
}
