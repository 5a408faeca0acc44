//! Remembered results, which hold as long as nothing they depend on has changed.

mod build_record;
mod key;
mod made_of;
mod readable;
mod seen;
mod verdict_record;

pub(crate) use build_record::{BuildRecord, read_dep_info};
pub(crate) use key::{ForWhat, Key, REPLACED};
pub(crate) use made_of::MadeOf;
pub(crate) use readable::is_unreadable;
pub use seen::Reads;
pub(crate) use seen::Seen;
pub(crate) use verdict_record::VerdictRecord;
