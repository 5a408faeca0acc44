//! What the proofs work with, what they report, and which of them are wanted.

use std::collections::BTreeSet;
use std::path::PathBuf;

use course::ExerciseId;
use engine::{Cancel, Event, Settings, System};

use crate::Proof;

/// What the proofs work with.
pub struct ProofConfig<'m> {
    /// The machine.
    pub system: &'m dyn System,
    /// What holds for all verdicts.
    pub settings: Settings,
    /// Where copies of this course are kept, and what is built of them.
    pub workshop: PathBuf,
    /// A directory of this course's own outside of any repository; it is removed in the end.
    pub outside: PathBuf,
    /// Where the solutions are, when they are whole exercises of another revision.
    pub revision: Option<PathBuf>,
    /// How many exercises are judged at a time, and how many threads make the load.
    pub jobs: usize,
    /// Asks the work to stop.
    pub cancel: &'m Cancel,
    /// Is told what goes on.
    pub tell: &'m (dyn Fn(ProofEvent) + Sync),
}

/// What goes on.
#[derive(Debug, Clone, PartialEq)]
pub enum ProofEvent {
    /// A proof begins.
    Begun {
        /// Which one.
        proof: Proof,
        /// How many verdicts it takes.
        count: usize,
    },
    /// One more of the proof's steps is done.
    Step {
        /// What it was about.
        about: String,
    },
    /// Something happened on the way to a verdict.
    Engine(Event),
}

/// What is to be proved.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Of which exercises.
    pub exercises: Vec<ExerciseId>,
    /// Which proofs.
    pub proofs: BTreeSet<Proof>,
    /// How many times a solution has to pass under load.
    pub times: usize,
    /// How many mutants of a solution are tried at most.
    pub mutants: usize,
}
