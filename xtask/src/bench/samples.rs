//! Measured times, and statistics on them.

use std::time::Duration;

/// Several measurements of the same thing.
#[derive(Debug, Clone, Default)]
pub(super) struct Samples(Vec<f64>);

impl Samples {
    pub(super) fn push(&mut self, elapsed: Duration) {
        self.push_ms(elapsed.as_secs_f64() * 1e3);
    }

    pub(super) fn push_ms(&mut self, milliseconds: f64) {
        self.0.push(milliseconds);
        self.0.sort_by(f64::total_cmp);
    }

    pub(super) fn take_in(&mut self, others: &Self) {
        self.0.extend_from_slice(&others.0);
        self.0.sort_by(f64::total_cmp);
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// In milliseconds.
    pub(super) fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        match self.0.len() {
            0 => f64::NAN,
            n if n % 2 == 1 => self.0[middle],
            _ => f64::midpoint(self.0[middle - 1], self.0[middle]),
        }
    }

    pub(super) fn least(&self) -> f64 {
        self.0.first().copied().unwrap_or(f64::NAN)
    }

    pub(super) fn most(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::NAN)
    }
}
