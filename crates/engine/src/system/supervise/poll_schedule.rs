//! When to check again what a process tree uses: soon while it works, rarely while it rests, and always before it
//! could exceed its limit. Pure, so that the rules can be tested alone.

use std::time::Duration;

use super::tree::Used;
use crate::system::Limits;

/// The shortest time between two checks: processes are counted this often while they multiply.
const SHORTEST: Duration = Duration::from_millis(10);

/// The longest time between two checks of a tree that works.
const WORKING: Duration = Duration::from_millis(200);

/// The longest time between two checks of a tree that does nothing. If it starts working again, that may be noticed this late.
const RESTING: Duration = Duration::from_secs(1);

/// How fast a tree can allocate memory, in bytes per second: a few cores that touch new pages as fast as they can.
const FASTEST: u64 = 8 << 30;

/// The schedule of checks.
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

    /// How long to wait before the next check.
    pub(super) fn interval(&self) -> Duration {
        self.interval
    }

    /// The tree was given something to do.
    pub(super) fn given_work(&mut self) {
        self.interval = SHORTEST;
        self.last = None;
    }

    /// Records the result of a check.
    pub(super) fn found(&mut self, used: Used, limits: &Limits) {
        let rests = self
            .last
            .is_some_and(|last| last.cpu == used.cpu && last.processes == used.processes);
        let doubled = self.interval * 2;
        self.interval = if rests {
            doubled.min(RESTING)
        } else {
            doubled.min(WORKING).min(time_to_limit(&used, limits))
        };
        self.last = Some(used);
    }
}

/// The shortest time in which a tree can reach its memory limit.
fn time_to_limit(used: &Used, limits: &Limits) -> Duration {
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

    /// The interval after these checks.
    fn after(poll_schedule: &[Used]) -> Duration {
        let mut schedule = PollSchedule::new();
        for one in poll_schedule {
            schedule.found(*one, &LIMITS);
        }
        schedule.interval()
    }

    #[test]
    fn a_working_tree_is_checked_often_and_a_resting_one_rarely() {
        let busy: Vec<Used> = (0..20).map(|cpu| used(cpu, 1 << 20)).collect();
        assert_eq!(after(&busy), WORKING);
        assert_eq!(after(&[used(7, 1 << 20); 20]), RESTING);
    }

    #[test]
    fn a_tree_near_its_limit_is_checked_before_it_can_go_far_beyond() {
        let near: Vec<Used> = (0..20)
            .map(|cpu| used(cpu, (4 << 30) - (8 << 20)))
            .collect();
        assert_eq!(after(&near), SHORTEST);
    }

    #[test]
    fn a_tree_that_is_given_work_is_checked_at_once() {
        let mut schedule = PollSchedule::new();
        for _ in 0..20 {
            schedule.found(used(1, 1 << 20), &LIMITS);
        }
        schedule.given_work();
        assert_eq!(schedule.interval(), SHORTEST);
    }
}
