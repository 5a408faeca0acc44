//! Why a binary needs what it needs: what determines its oldest glibc, what keeps it from a stable ABI, and what makes
//! up its size.

mod glibc;
mod python;
mod replacements;
mod size;
mod size_of_crates;

pub use glibc::{Cause, GlibcFloor, GlibcNeed, glibc_floor};
pub use python::{Binding, Goal, Obstacle, PythonFloor, binding, python_floor};
pub use size::{CrateSize, Naming, Part, PartKind, SizeFacts, sizes};
