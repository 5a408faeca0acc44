//! What is wrong with an exercise, and what its author can do about it.

use diagnostic::SourceLocation;
use serde::Serialize;

use crate::Proof;

/// A defect in a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Defect {
    /// Which proof failed.
    pub proof: Proof,
    /// The file, relative to the course's root.
    pub at: SourceLocation,
    /// What is wrong there; further lines are evidence.
    pub cause: String,
    /// What to do next.
    pub next: String,
}

impl Defect {
    /// A defect of a whole file or folder.
    pub fn new(
        proof: Proof,
        file: impl Into<String>,
        cause: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self::at(proof, SourceLocation::file(file), cause, next)
    }

    /// A defect at a specific place.
    pub fn at(
        proof: Proof,
        at: SourceLocation,
        cause: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self {
            proof,
            at,
            cause: cause.into(),
            next: next.into(),
        }
    }
}
