//! Tells what a person saves from what the tests themselves write into the tree. Pure, so that its rules are tested by
//! themselves.
//!
//! A save makes the run that goes on stale, and so it is cancelled. A test that writes a file among the sources looks the
//! same, and would have its own run cancelled for ever. No system says who wrote a file, but the two have different habits: what
//! a test writes changes in every run and never between runs. So a file that changed in several runs on end no longer cancels
//! the next one; the run comes to its end, and its verdict counts where everything is again as it was when the run began. Where
//! something is not, a pause is made before the next run, in which a person would go on typing and no test does. What changes
//! in run after run although the pauses between them were quiet is the tests' own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// After so many runs on end in which it changed, a file does not cancel the next.
const HABITUAL: u32 = 3;

/// After so many of them that came after a quiet pause, it is the tests' own.
const CERTAIN: u32 = 2;

/// What is known of the files that change while runs go on.
#[derive(Debug, Default)]
pub struct SelfWriteDetector {
    files: BTreeMap<PathBuf, WriteHistory>,
    /// What changed in the run that goes on.
    in_run: BTreeSet<PathBuf>,
    is_after_pause: bool,
}

#[derive(Debug, Default)]
struct WriteHistory {
    /// The runs on end in which it changed.
    runs: u32,
    /// Those of them that began after a quiet pause.
    after_pauses: u32,
    /// Whether somebody was told that it is the tests' own.
    is_told: bool,
}

/// What a change during a run means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The run is stale.
    Cancels,
    /// It may be the run's own doing: the run goes on to its end.
    Waits,
}

/// Whether a verdict is on what is there now that its run has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerdictFreshness {
    /// It is.
    Holds,
    /// It is, but for these files, which have just been found to be the tests' own.
    HoldsBut(Vec<PathBuf>),
    /// It is not; the next run is due at once.
    Stale,
    /// It is not, perhaps by the tests' own doing: the next run is due after a pause.
    Doubtful,
}

impl SelfWriteDetector {
    /// These files changed while nothing ran: a person's doing.
    pub fn between_runs(&mut self, files: &[PathBuf]) {
        for file in files {
            self.files.remove(file);
        }
    }

    /// A run begins.
    pub fn begin(&mut self, is_after_pause: bool) {
        self.in_run.clear();
        self.is_after_pause = is_after_pause;
    }

    /// These files changed while a run goes on.
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

    /// The run ended, by itself or cancelled. `different` is what is not now as it was when the run began.
    pub fn end(&mut self, is_finished: bool, different: &[PathBuf]) -> VerdictFreshness {
        let in_run = std::mem::take(&mut self.in_run);
        if is_finished {
            // A run to the end in which it did not change: no habit.
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
        let untold: Vec<_> = different
            .iter()
            .filter(|file| {
                let habit = self.files.get_mut(*file);
                habit.is_some_and(|habit| !std::mem::replace(&mut habit.is_told, true))
            })
            .cloned()
            .collect();
        if untold.is_empty() {
            VerdictFreshness::Holds
        } else {
            VerdictFreshness::HoldsBut(untold)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> [PathBuf; 1] {
        ["scratch.toml".into()]
    }

    /// A run in which the file changes, to its end unless the change cancels it.
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
    fn a_test_that_tidies_up_has_its_verdict_after_a_few_runs() {
        let mut self_writes = SelfWriteDetector::default();
        for _ in 0..HABITUAL {
            assert_eq!(run(&mut self_writes, false, &file()).0, Change::Cancels);
        }
        // And so it stays.
        for _ in 0..3 {
            assert_eq!(
                run(&mut self_writes, false, &[]),
                (Change::Waits, VerdictFreshness::Holds)
            );
        }
    }

    #[test]
    fn a_test_that_leaves_something_else_each_time_comes_to_rest() {
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
                // It is said once.
                assert_eq!(
                    run(&mut self_writes, false, &file()),
                    (Change::Waits, VerdictFreshness::Holds)
                );
                return;
            }
        }
        panic!("it never comes to rest");
    }

    #[test]
    fn who_saves_between_runs_too_is_a_person() {
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
    fn a_run_in_which_nothing_changed_takes_the_suspicion_away() {
        let mut self_writes = SelfWriteDetector::default();
        for _ in 0..HABITUAL {
            run(&mut self_writes, true, &file());
        }
        self_writes.begin(false);
        assert_eq!(self_writes.end(true, &[]), VerdictFreshness::Holds);
        assert_eq!(run(&mut self_writes, false, &file()).0, Change::Cancels);
    }

    #[test]
    fn what_is_saved_beside_the_tests_own_file_cancels() {
        let mut self_writes = SelfWriteDetector::default();
        for _ in 0..HABITUAL {
            run(&mut self_writes, false, &file());
        }
        self_writes.begin(false);
        assert_eq!(self_writes.in_run(&file()), Change::Waits);
        assert_eq!(self_writes.in_run(&["lib.rs".into()]), Change::Cancels);
    }

    #[test]
    fn no_save_is_taken_for_the_tests_own_before_two_quiet_pauses() {
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
