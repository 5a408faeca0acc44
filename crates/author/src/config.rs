//! What the proofs work with, what they report, and which of them to run.

use std::collections::BTreeSet;
use std::path::PathBuf;

use course::ExerciseId;
use engine::{Cancel, Event, Settings, System};

use crate::Proof;

/// What the proofs work with.
pub struct ProofConfig<'m> {
    /// The machine.
    pub system: &'m dyn System,
    /// The settings for all verdicts.
    pub settings: Settings,
    /// Where copies of this course and their builds are kept.
    pub workshop: PathBuf,
    /// A directory outside any repository, for this course only; it is removed at the end.
    pub outside: PathBuf,
    /// Where the solutions are, if they are whole exercises from another revision.
    pub revision: Option<PathBuf>,
    /// How many exercises to judge at a time, and how many threads make up the load.
    pub jobs: usize,
    /// Cancels the work.
    pub cancel: &'m Cancel,
    /// Receives progress events.
    pub tell: &'m (dyn Fn(ProofEvent) + Sync),
}

/// A progress event.
#[derive(Debug, Clone, PartialEq)]
pub enum ProofEvent {
    /// A proof starts.
    Begun {
        /// Which one.
        proof: Proof,
        /// How many steps it has.
        count: usize,
    },
    /// One more step of the proof is done.
    Step {
        /// What the step was about.
        about: String,
    },
    /// Something happened on the way to a verdict.
    Engine(Event),
}

/// What to prove.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The exercises.
    pub exercises: Vec<ExerciseId>,
    /// The proofs.
    pub proofs: BTreeSet<Proof>,
    /// How many times a solution must pass under load.
    pub times: usize,
    /// The most mutants to try for one solution.
    pub mutants: usize,
}
