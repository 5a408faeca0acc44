//! What a ride costs. There is no Python in this file.

use std::fmt;

// ANCHOR: core
#[derive(Debug, PartialEq)]
pub enum Refusal {
    NoZone,
    TooFar(u32),
}

/// The fare in cents: the first zone, and then each further one.
pub fn fare(zones: u32) -> Result<u32, Refusal> {
    match zones {
        0 => Err(Refusal::NoZone),
        1..=9 => Ok(250 + 120 * (zones - 1)),
        _ => Err(Refusal::TooFar(zones)),
    }
}
// ANCHOR_END: core

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NoZone => write!(f, "a ride has at least one zone"),
            Refusal::TooFar(zones) => write!(f, "there are 9 zones, not {zones}"),
        }
    }
}

// ANCHOR: core_tests
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ride_costs_more_with_each_zone() {
        assert_eq!(fare(1), Ok(250));
        assert_eq!(fare(9), Ok(1210));
        assert_eq!(fare(0), Err(Refusal::NoZone));
        assert_eq!(fare(10), Err(Refusal::TooFar(10)));
    }
}
// ANCHOR_END: core_tests
