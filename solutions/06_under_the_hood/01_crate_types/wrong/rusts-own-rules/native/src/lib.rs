//! The tides of a harbour, for programs in Rust, in C and in Python.
//!
//! In C, it would be declared like this:
//!
//! ```c
//! double tides_height(double mean, double range, double hours);
//! double tides_next_high(double hours);
//! ```

use std::f64::consts::TAU;

/// From one high water to the next, in hours.
const PERIOD: f64 = 12.42;

/// A harbour, as Rust programs see it.
pub struct Harbour {
    /// The mean height of the water, in metres.
    pub mean: f64,
    /// The difference between high and low water, in metres.
    pub range: f64,
}

impl Harbour {
    /// The height of the water, some hours after a high water.
    pub fn height(&self, hours: f64) -> f64 {
        self.mean + self.range / 2.0 * phase(hours)
    }
}

/// 1 at high water, -1 at low water. Only this library uses it.
fn phase(hours: f64) -> f64 {
    (TAU * hours / PERIOD).cos()
}

/// The height of the water in metres, some hours after a high water.
#[unsafe(no_mangle)]
pub fn tides_height(mean: f64, range: f64, hours: f64) -> f64 {
    Harbour { mean, range }.height(hours)
}

/// How many hours it is to the next high water.
#[unsafe(no_mangle)]
pub fn tides_next_high(hours: f64) -> f64 {
    PERIOD - hours.rem_euclid(PERIOD)
}
