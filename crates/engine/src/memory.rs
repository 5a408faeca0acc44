//! What was found out before, and holds as long as nothing it rests on has changed.

mod build_record;
mod key;
mod readable;
mod verdict_record;

pub(crate) use build_record::{BuildRecord, dep_info_inputs};
pub(crate) use key::Key;
pub(crate) use readable::is_unreadable;
pub(crate) use verdict_record::VerdictRecord;
