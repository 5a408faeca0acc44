//! The vocabulary of findings, shared by every crate.
//!
//! A [`Diagnostic`] is data: what's wrong, how we know, and what to do. A [`Rule`] produces diagnostics and has a page
//! that explains them. This crate knows nothing about files, processes or terminals.

mod code;
mod evidence;
mod finding;
mod listing;
mod rule;

pub use code::{Code, ParseCodeError};
pub use evidence::{Evidence, SourceLocation};
pub use finding::{Diagnostic, Severity};
pub use listing::some;
pub use rule::{Page, Rule};
