//! What the file proofs look at.

use course::{Course, Exercise};

use crate::Places;
use crate::conventions::Conventions;

/// What the file proofs look at.
pub(crate) struct Subject<'s> {
    pub(crate) course: &'s Course,
    pub(crate) places: &'s Places,
    pub(crate) conventions: Conventions,
    pub(crate) exercise: &'s Exercise,
}
