//! Tools for the author of a course.
//!
//! [`check_files`] and [`prove`] check whether every exercise works as its author claims, with one file per [`Proof`].
//! [`Mutant`]s and giveaways are found in source text alone, without files or processes. [`scaffold`] writes a new
//! exercise, and [`Renumbering`] moves existing ones.

mod bench;
mod config;
mod context;
mod conventions;
mod defect;
mod error;
mod expected;
mod files;
mod giveaway;
mod mutant;
mod places;
mod program;
mod proof;
mod proofs;
mod prove;
mod renumber;
mod report;
mod revision;
mod rust_source;
mod scaffold;
mod subject;

pub use bench::{Solution, has_solution, solution_of, write_solved_course};
pub use config::{ProofConfig, ProofEvent, Selection};
pub use conventions::follows_house_rules;
pub use defect::Defect;
pub use error::AuthorError;
pub use giveaway::{Giveaway, giveaways};
pub use mutant::{Edit, Mutant, mutants};
pub use places::Places;
pub use proof::Proof;
pub use proofs::protected::protected_files;
pub use prove::{check_files, prove};

pub use renumber::{Moved, RenumberError, Renumbering, Request};
pub use report::{Outcome, Report, Row};
pub use revision::write_revision;
pub use scaffold::{Kind, NewExercise, Scaffolded, scaffold};
