//! What the long proofs work with.

use course::{Course, ExerciseId};

use crate::bench::Bench;
use crate::config::{ProofConfig, ProofEvent, Selection};
use crate::conventions::Conventions;
use crate::{Outcome, Places, Proof, Report};

/// What the long proofs work with.
pub(crate) struct ProofContext<'h> {
    pub(crate) config: &'h ProofConfig<'h>,
    pub(crate) course: &'h Course,
    pub(crate) places: &'h Places,
    pub(crate) conventions: Conventions,
    pub(crate) bench: Bench<'h>,
    pub(crate) selection: &'h Selection,
}

impl ProofContext<'_> {
    /// Reports that a proof starts.
    pub(crate) fn begin(&self, proof: Proof, count: usize) {
        (self.config.tell)(ProofEvent::Begun { proof, count });
    }

    /// Reports that a step is done.
    pub(crate) fn step(&self, about: impl Into<String>) {
        (self.config.tell)(ProofEvent::Step {
            about: about.into(),
        });
    }

    /// The selected exercises that have a solution; for the others, the report notes that there is nothing to prove.
    pub(crate) fn solved_exercises(&self, proof: Proof, report: &mut Report) -> Vec<ExerciseId> {
        let (there, missing): (Vec<_>, Vec<_>) = self
            .selection
            .exercises
            .iter()
            .cloned()
            .partition(|id| self.places.solution(id).is_dir());
        for id in missing {
            report.record(&id, proof, Outcome::not_applicable("there is no solution"));
        }
        there
    }
}
