//! The contents of `.wr.toml`, at the root of the course and in an exercise.

mod exercise;
mod expectation;
mod extras;
mod limits;
mod protected;
mod root;
mod source;
mod value;
mod verification;

use std::io;
use std::path::{Path, PathBuf};

pub use exercise::ExerciseConfig;
pub use expectation::{Expectation, FailingTest};
pub use limits::size;
pub(crate) use root::RootConfig;
pub use source::TomlError;
pub use verification::{Verification, VerificationCommand};

use crate::CourseError;

/// The configuration file of a course's root or of an exercise's folder.
pub fn config_file(folder: &Path) -> PathBuf {
    folder.join(".wr.toml")
}

/// The bytes of a configuration file; `None` if there is none.
pub(crate) fn read(file: &Path) -> Result<Option<Vec<u8>>, CourseError> {
    match std::fs::read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(CourseError::Unreadable {
            path: file.to_owned(),
            source,
        }),
    }
}
