//! The results of the proofs: one outcome for each exercise and proof.

use std::collections::BTreeMap;

use course::ExerciseId;
use serde::Serialize;

use crate::{Defect, Proof};

/// The outcome of a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Holds {
        /// What was counted or found, in a few words; may be empty.
        detail: String,
    },
    /// It doesn't hold.
    Fails {
        /// Why; never empty.
        defects: Vec<Defect>,
    },
    /// There is nothing to prove.
    NotApplicable {
        /// The reason.
        reason: String,
    },
}

impl Outcome {
    /// Holds if there are no defects.
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

/// The outcomes for one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The exercise.
    pub exercise: ExerciseId,
    /// The outcomes of the proofs that were run.
    pub outcomes: BTreeMap<Proof, Outcome>,
}

/// The results for a course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The exercises in course order.
    pub rows: Vec<Row>,
    /// Defects that belong to no particular exercise.
    pub general: Vec<Defect>,
}

impl Report {
    /// An empty report for these exercises.
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

    /// Every defect, starting with those that belong to no exercise.
    pub fn defects(&self) -> impl Iterator<Item = &Defect> {
        self.general.iter().chain(
            self.rows
                .iter()
                .flat_map(|row| row.outcomes.values())
                .flat_map(Outcome::defects),
        )
    }

    /// Whether everything that was checked holds.
    pub fn holds(&self) -> bool {
        self.defects().next().is_none()
    }
}
