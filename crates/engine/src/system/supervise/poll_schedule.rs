//! When to look again at what a tree uses: soon while it works, seldom while it rests, and in time before it could go beyond
//! its limit. Pure, so that the rules are tested by themselves.

use std::time::Duration;

use super::tree::Used;
use crate::system::Limits;

/// The shortest time between two looks: processes are counted this often while they multiply.
const SHORTEST: Duration = Duration::from_millis(10);

/// The longest time between two looks at a tree that works.
const WORKING: Duration = Duration::from_millis(200);

/// The longest time between two looks at a tree that does nothing. What begins to work after a rest is seen this late.
const RESTING: Duration = Duration::from_secs(1);

/// How fast a tree can take memory, in bytes per second: a few cores that touch new pages as fast as they can.
const FASTEST: u64 = 8 << 30;

/// The schedule of looks.
#[derive(Debug)]
pub(super) struct PollSchedule {
    interval: Duration,
    last: Option<Used>,
}

impl PollSchedule {
    pub(super) fn new() -> Self {
        Self {
            interval: SHORTEST,
            last: None,
        }
    }

    /// How long to wait for the next look.
    pub(super) fn interval(&self) -> Duration {
        self.interval
    }

    /// The tree was given something to do.
    pub(super) fn stirred(&mut self) {
        self.interval = SHORTEST;
        self.last = None;
    }

    /// Takes in what a look has found.
    pub(super) fn found(&mut self, used: Used, limits: &Limits) {
        let rests = self
            .last
            .is_some_and(|last| last.cpu == used.cpu && last.processes == used.processes);
        let doubled = self.interval * 2;
        self.interval = if rests {
            doubled.min(RESTING)
        } else {
            doubled.min(WORKING).min(room(&used, limits))
        };
        self.last = Some(used);
    }
}

/// How long it takes a tree at least to fill the room that its limit leaves.
fn room(used: &Used, limits: &Limits) -> Duration {
    let Some(most) = limits.memory else {
        return WORKING;
    };
    let bytes = most.saturating_sub(used.memory);
    Duration::from_millis(bytes / (FASTEST / 1000)).max(SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        memory: Some(4 << 30),
        processes: Some(1000),
        file: None,
    };

    fn used(cpu: u64, memory: u64) -> Used {
        Used {
            processes: 2,
            memory,
            cpu,
        }
    }

    /// The interval after these looks.
    fn after(poll_schedule: &[Used]) -> Duration {
        let mut schedule = PollSchedule::new();
        for one in poll_schedule {
            schedule.found(*one, &LIMITS);
        }
        schedule.interval()
    }

    #[test]
    fn what_works_is_looked_at_often_and_what_rests_seldom() {
        let busy: Vec<Used> = (0..20).map(|cpu| used(cpu, 1 << 20)).collect();
        assert_eq!(after(&busy), WORKING);
        assert_eq!(after(&[used(7, 1 << 20); 20]), RESTING);
    }

    #[test]
    fn what_is_near_its_limit_is_looked_at_before_it_can_go_far_beyond() {
        let near: Vec<Used> = (0..20)
            .map(|cpu| used(cpu, (4 << 30) - (8 << 20)))
            .collect();
        assert_eq!(after(&near), SHORTEST);
    }

    #[test]
    fn what_is_given_something_to_do_is_looked_at_at_once() {
        let mut schedule = PollSchedule::new();
        for _ in 0..20 {
            schedule.found(used(1, 1 << 20), &LIMITS);
        }
        schedule.stirred();
        assert_eq!(schedule.interval(), SHORTEST);
    }
}
