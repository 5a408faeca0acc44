//! The watch queue: one slot, the latest save wins, and no change is lost. Pure, so that its rules can be tested
//! alone.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// The files that changed since work on the last verdict started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeSet {
    /// The files.
    pub files: BTreeSet<PathBuf>,
    /// Whether the user asked for the run, so that it happens even if nothing changed.
    pub is_asked: bool,
}

impl ChangeSet {
    /// Adds another set of changes.
    pub fn merge(&mut self, other: Self) {
        self.files.extend(other.files);
        self.is_asked |= other.is_asked;
    }
}

/// What the loop around the queue has to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    Wait,
    /// Start a run of this generation.
    Start {
        /// The run's number.
        generation: u64,
        /// The changes that it covers.
        changes: ChangeSet,
    },
    /// Ask the run of this generation to stop; when it ends, the next starts.
    Cancel {
        /// The run's number.
        generation: u64,
    },
}

/// One slot for waiting changes and one for the current run.
#[derive(Debug, Default)]
pub struct Queue {
    generation: u64,
    running: Option<Running>,
    waiting: Option<ChangeSet>,
}

#[derive(Debug)]
struct Running {
    generation: u64,
    changes: ChangeSet,
    is_cancelled: bool,
}

impl Queue {
    /// An idle queue.
    pub fn new() -> Self {
        Self::default()
    }

    /// Handles a save. From now on, the current run is stale.
    pub fn changed(&mut self, changes: ChangeSet) -> Action {
        match &mut self.waiting {
            Some(waiting) => waiting.merge(changes),
            None => self.waiting = Some(changes),
        }
        match &mut self.running {
            None => self.start(),
            Some(running) if running.is_cancelled => Action::Wait,
            Some(running) => {
                running.is_cancelled = true;
                Action::Cancel {
                    generation: running.generation,
                }
            }
        }
    }

    /// Handles the end of a run, with or without a verdict. A stale run's verdict isn't shown. If a stale run gave no verdict, the next run covers its changes
    /// again.
    pub fn ended(&mut self, generation: u64, has_verdict: bool) -> Action {
        let Some(running) = self.running.take_if(|one| one.generation == generation) else {
            return Action::Wait;
        };
        if !has_verdict && let Some(waiting) = &mut self.waiting {
            waiting.merge(running.changes);
        }
        self.start()
    }

    /// Whether the verdict of this generation is the one to show.
    pub fn is_current(&self, generation: u64) -> bool {
        self.running
            .as_ref()
            .is_some_and(|running| running.generation == generation && !running.is_cancelled)
    }

    /// Whether nothing runs and nothing waits.
    pub fn is_idle(&self) -> bool {
        self.running.is_none() && self.waiting.is_none()
    }

    fn start(&mut self) -> Action {
        let Some(changes) = self.waiting.take() else {
            return Action::Wait;
        };
        self.generation += 1;
        self.running = Some(Running {
            generation: self.generation,
            changes: changes.clone(),
            is_cancelled: false,
        });
        Action::Start {
            generation: self.generation,
            changes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn save(file: &str) -> ChangeSet {
        ChangeSet {
            files: [PathBuf::from(file)].into(),
            is_asked: false,
        }
    }

    fn files(action: &Action) -> Vec<String> {
        match action {
            Action::Start { changes, .. } => changes
                .files
                .iter()
                .map(|file| file.display().to_string())
                .collect(),
            other => panic!("expected a start, got {other:?}"),
        }
    }

    #[test]
    fn a_save_starts_a_run_at_once() {
        let mut queue = Queue::new();
        assert_eq!(files(&queue.changed(save("a"))), ["a"]);
        assert!(queue.is_current(1));
        assert_eq!(queue.ended(1, true), Action::Wait);
        assert!(queue.is_idle());
    }

    #[test]
    fn the_latest_save_cancels_the_run_once_and_nothing_is_lost() {
        let mut queue = Queue::new();
        queue.changed(save("a"));
        assert_eq!(queue.changed(save("b")), Action::Cancel { generation: 1 });
        assert_eq!(queue.changed(save("c")), Action::Wait);
        assert!(!queue.is_current(1));
        // The stale run was for `a`, which has no verdict yet.
        assert_eq!(files(&queue.ended(1, false)), ["a", "b", "c"]);
    }

    #[test]
    fn a_stale_run_that_finished_anyway_is_followed_by_the_next() {
        let mut queue = Queue::new();
        queue.changed(save("a"));
        queue.changed(save("b"));
        assert_eq!(files(&queue.ended(1, true)), ["b"]);
        assert!(queue.is_current(2));
    }

    #[test]
    fn the_end_of_an_unknown_run_changes_nothing() {
        let mut queue = Queue::new();
        queue.changed(save("a"));
        assert_eq!(queue.ended(7, true), Action::Wait);
        assert!(queue.is_current(1));
    }

    #[test]
    fn any_order_of_events_ends_with_every_save_in_a_run_that_was_not_cancelled() {
        // Tries all sequences of saves and ends.
        for pattern in 0u32..1 << 10 {
            let mut queue = Queue::new();
            let mut unseen: BTreeSet<String> = BTreeSet::new();
            let mut running: Option<(u64, Vec<String>, bool)> = None;
            let follow =
                |action: Action, running: &mut Option<(u64, Vec<String>, bool)>| match action {
                    Action::Start {
                        generation,
                        changes,
                    } => {
                        let names = changes
                            .files
                            .iter()
                            .map(|file| file.display().to_string())
                            .collect();
                        *running = Some((generation, names, false));
                    }
                    Action::Cancel { .. } => running.as_mut().unwrap().2 = true,
                    Action::Wait => {}
                };
            for step in 0..10 {
                if pattern & (1 << step) == 0 {
                    let name = format!("f{step}");
                    unseen.insert(name.clone());
                    let action = queue.changed(save(&name));
                    follow(action, &mut running);
                } else if let Some((generation, names, cancelled)) = running.take() {
                    if !cancelled {
                        for name in &names {
                            unseen.remove(name);
                        }
                    }
                    let action = queue.ended(generation, !cancelled);
                    follow(action, &mut running);
                }
            }
            while let Some((generation, names, cancelled)) = running.take() {
                if !cancelled {
                    for name in &names {
                        unseen.remove(name);
                    }
                }
                let action = queue.ended(generation, !cancelled);
                follow(action, &mut running);
            }
            assert!(unseen.is_empty(), "pattern {pattern:b} lost {unseen:?}");
            assert!(queue.is_idle());
        }
    }
}
