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

    /// What nineteen of twenty measurements don't exceed.
    pub(super) fn nineteen_of_twenty(&self) -> f64 {
        let at = (self.0.len() * 19).div_ceil(20);
        at.checked_sub(1).map_or(f64::NAN, |at| self.0[at])
    }

    pub(super) fn least(&self) -> f64 {
        self.0.first().copied().unwrap_or(f64::NAN)
    }

    pub(super) fn most(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests {
    use super::Samples;

    #[test]
    fn one_of_twenty_may_be_longer() {
        let mut samples = Samples::default();
        assert!(samples.nineteen_of_twenty().is_nan());
        samples.push_ms(7.0);
        assert!((samples.nineteen_of_twenty() - 7.0).abs() < 0.01);
        for longer in 0..19 {
            samples.push_ms(100.0 + f64::from(longer));
        }
        assert!((samples.nineteen_of_twenty() - 117.0).abs() < 0.01);
        assert!((samples.most() - 118.0).abs() < 0.01);
    }
}
