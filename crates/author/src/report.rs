//! What the proofs came to: for each exercise and proof an outcome.

use std::collections::BTreeMap;

use course::ExerciseId;
use serde::Serialize;

use crate::{Defect, Proof};

/// What a proof came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Holds {
        /// What was counted or found, in a few words; may be empty.
        detail: String,
    },
    /// It does not.
    Fails {
        /// Why; never empty.
        defects: Vec<Defect>,
    },
    /// There is nothing to prove.
    NotApplicable {
        /// Why not.
        reason: String,
    },
}

impl Outcome {
    /// It holds, if there are no defects.
    pub fn of(defects: Vec<Defect>, detail: impl Into<String>) -> Self {
        if defects.is_empty() {
            Self::Holds {
                detail: detail.into(),
            }
        } else {
            Self::Fails { defects }
        }
    }

    /// There is nothing to prove.
    pub fn not_applicable(reason: impl Into<String>) -> Self {
        Self::NotApplicable {
            reason: reason.into(),
        }
    }

    /// The defects.
    pub fn defects(&self) -> &[Defect] {
        match self {
            Self::Fails { defects } => defects,
            _ => &[],
        }
    }
}

/// What was proved of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The exercise.
    pub exercise: ExerciseId,
    /// The outcomes of the proofs that were carried out.
    pub outcomes: BTreeMap<Proof, Outcome>,
}

/// What was proved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The exercises in the order of the course.
    pub rows: Vec<Row>,
    /// Defects of no exercise in particular.
    pub general: Vec<Defect>,
}

impl Report {
    /// A report on these exercises, with nothing proved yet.
    pub(crate) fn on(exercises: impl IntoIterator<Item = ExerciseId>) -> Self {
        Self {
            rows: exercises
                .into_iter()
                .map(|exercise| Row {
                    exercise,
                    outcomes: BTreeMap::new(),
                })
                .collect(),
            general: Vec::new(),
        }
    }

    pub(crate) fn record(&mut self, exercise: &ExerciseId, proof: Proof, outcome: Outcome) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.exercise == *exercise) {
            row.outcomes.insert(proof, outcome);
        }
    }

    /// Every defect, those of no exercise first.
    pub fn defects(&self) -> impl Iterator<Item = &Defect> {
        self.general.iter().chain(
            self.rows
                .iter()
                .flat_map(|row| row.outcomes.values())
                .flat_map(Outcome::defects),
        )
    }

    /// Whether everything that was looked at holds.
    pub fn holds(&self) -> bool {
        self.defects().next().is_none()
    }
}
