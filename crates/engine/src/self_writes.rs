//! Distinguishes what the user saves from what the tests themselves write into the source tree. Pure, so that its
//! rules can be tested alone.
//!
//! A save makes the current run stale, so the run is cancelled. A test that writes a file among the sources looks
//! the same, and would cancel its own run forever. No operating system says who wrote a file, but the two have
//! different habits: a file that a test writes changes in every run and never between runs. So a file that changed
//! in several consecutive runs no longer cancels the next one. That run finishes, and its verdict counts if
//! everything is as it was when the run started. If something isn't, there is a pause before the next run, in which
//! a user would keep typing but no test does anything. A file that changes in run after run, although the pauses
//! between them were quiet, is the tests' own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// After changing in this many consecutive runs, a file doesn't cancel the next one.
const HABITUAL: u32 = 3;

/// If this many of those runs followed a quiet pause, the file is the tests' own.
const CERTAIN: u32 = 2;

/// The history of files that change during runs.
#[derive(Debug, Default)]
pub struct SelfWriteDetector {
    files: BTreeMap<PathBuf, WriteHistory>,
    /// What changed in the current run.
    in_run: BTreeSet<PathBuf>,
    is_after_pause: bool,
}

#[derive(Debug, Default)]
struct WriteHistory {
    /// The number of consecutive runs in which it changed.
    runs: u32,
    /// How many of them started after a quiet pause.
    after_pauses: u32,
    /// Whether it has been reported as the tests' own.
    is_reported: bool,
}

/// What a change during a run means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The run is stale.
    Cancels,
    /// It may be the run's own doing: the run continues to its end.
    Waits,
}

/// Whether a verdict fits the files as they are at the end of its run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerdictFreshness {
    /// It does.
    Holds,
    /// It does, except for these files, which have just turned out to be the tests' own.
    HoldsBut(Vec<PathBuf>),
    /// It doesn't; the next run is due at once.
    Stale,
    /// It doesn't, perhaps because of the tests themselves: the next run is due after a pause.
    Doubtful,
}

impl SelfWriteDetector {
    /// These files changed while nothing was running, so the user changed them.
    pub fn between_runs(&mut self, files: &[PathBuf]) {
        for file in files {
            self.files.remove(file);
        }
    }

    /// A run starts.
    pub fn begin(&mut self, is_after_pause: bool) {
        self.in_run.clear();
        self.is_after_pause = is_after_pause;
    }

    /// These files changed during a run.
    pub fn in_run(&mut self, files: &[PathBuf]) -> Change {
        self.in_run.extend(files.iter().cloned());
        let is_habitual = |file| {
            let known: Option<&WriteHistory> = self.files.get(file);
            known.is_some_and(|habit| habit.runs >= HABITUAL)
        };
        if files.iter().all(is_habitual) {
            Change::Waits
        } else {
            Change::Cancels
        }
    }

    /// The run ended, by itself or cancelled. `different` are the files that aren't as they were when the run started.
    pub fn end(&mut self, is_finished: bool, different: &[PathBuf]) -> VerdictFreshness {
        let in_run = std::mem::take(&mut self.in_run);
        if is_finished {
            // It didn't change in a complete run, so it isn't a habit.
            self.files.retain(|file, _| in_run.contains(file));
        }
        for file in in_run {
            let habit = self.files.entry(file).or_default();
            habit.runs += 1;
            habit.after_pauses += u32::from(self.is_after_pause);
        }
        let of = |file: &PathBuf| self.files.get(file);
        if different.is_empty() {
            return VerdictFreshness::Holds;
        }
        if !different
            .iter()
            .all(|file| of(file).is_some_and(|habit| habit.runs >= HABITUAL))
        {
            return VerdictFreshness::Stale;
        }
        if !different
            .iter()
            .all(|file| of(file).is_some_and(|habit| habit.after_pauses >= CERTAIN))
        {
            return VerdictFreshness::Doubtful;
        }
        let unreported: Vec<_> = different
            .iter()
            .filter(|file| {
                let habit = self.files.get_mut(*file);
                habit.is_some_and(|habit| !std::mem::replace(&mut habit.is_reported, true))
            })
            .cloned()
            .collect();
        if unreported.is_empty() {
            VerdictFreshness::Holds
        } else {
            VerdictFreshness::HoldsBut(unreported)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> [PathBuf; 1] {
        ["scratch.toml".into()]
    }

    /// A run in which the file changes; it finishes unless the change cancels it.
    fn run(
        self_writes: &mut SelfWriteDetector,
        is_after_pause: bool,
        different: &[PathBuf],
    ) -> (Change, VerdictFreshness) {
        self_writes.begin(is_after_pause);
        let change = self_writes.in_run(&file());
        let standing = self_writes.end(change == Change::Waits, different);
        (change, standing)
    }

    #[test]
    fn a_test_that_cleans_up_gets_its_verdict_after_a_few_runs() {
        let mut self_writes = SelfWriteDetector::default();
        for _ in 0..HABITUAL {
            assert_eq!(run(&mut self_writes, false, &file()).0, Change::Cancels);
        }
        // And it stays that way.
        for _ in 0..3 {
            assert_eq!(
                run(&mut self_writes, false, &[]),
                (Change::Waits, VerdictFreshness::Holds)
            );
        }
    }

    #[test]
    fn a_test_that_writes_something_new_each_time_settles() {
        let mut self_writes = SelfWriteDetector::default();
        for _ in 0..HABITUAL {
            run(&mut self_writes, false, &file());
        }
        for _ in 0..CERTAIN {
            self_writes.begin(true);
            assert_eq!(self_writes.in_run(&file()), Change::Waits);
            let standing = self_writes.end(true, &file());
            if standing != VerdictFreshness::Doubtful {
                assert_eq!(standing, VerdictFreshness::HoldsBut(file().into()));
                // It's reported once.
                assert_eq!(
                    run(&mut self_writes, false, &file()),
                    (Change::Waits, VerdictFreshness::Holds)
                );
                return;
            }
        }
        panic!("it never settles");
    }

    #[test]
    fn a_file_saved_between_runs_is_the_users() {
        let mut self_writes = SelfWriteDetector::default();
        for _ in 0..10 {
            for _ in 0..HABITUAL - 1 {
                assert_eq!(
                    run(&mut self_writes, true, &file()),
                    (Change::Cancels, VerdictFreshness::Stale)
                );
            }
            self_writes.between_runs(&file());
        }
    }

    #[test]
    fn a_run_without_changes_clears_the_suspicion() {
        let mut self_writes = SelfWriteDetector::default();
        for _ in 0..HABITUAL {
            run(&mut self_writes, true, &file());
        }
        self_writes.begin(false);
        assert_eq!(self_writes.end(true, &[]), VerdictFreshness::Holds);
        assert_eq!(run(&mut self_writes, false, &file()).0, Change::Cancels);
    }

    #[test]
    fn a_save_alongside_the_tests_own_file_cancels() {
        let mut self_writes = SelfWriteDetector::default();
        for _ in 0..HABITUAL {
            run(&mut self_writes, false, &file());
        }
        self_writes.begin(false);
        assert_eq!(self_writes.in_run(&file()), Change::Waits);
        assert_eq!(self_writes.in_run(&["lib.rs".into()]), Change::Cancels);
    }

    #[test]
    fn no_file_counts_as_the_tests_own_before_two_quiet_pauses() {
        let mut self_writes = SelfWriteDetector::default();
        for _ in 0..20 {
            let (_, standing) = run(&mut self_writes, false, &file());
            assert!(
                matches!(
                    standing,
                    VerdictFreshness::Stale | VerdictFreshness::Doubtful
                ),
                "{standing:?}"
            );
        }
    }
}
