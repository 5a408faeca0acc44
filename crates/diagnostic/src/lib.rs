//! The vocabulary of findings, shared by every crate.
//!
//! A [`Diagnostic`] is data: what is wrong, how we know, and what to do. A [`Rule`] is what can produce one, together
//! with the page that explains it. This crate knows nothing of files, processes or terminals.

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
