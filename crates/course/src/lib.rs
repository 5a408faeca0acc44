//! Exercises on disk, their order, their configuration, and the learner's progress.
//!
//! [`Course`] reads a repository, [`Exercise`] is one of its folders, [`ExerciseConfig`] is its configuration, and
//! [`Progress`] is what the learner has opened and solved. The layout, the keys and the database are those that
//! published courses already rely on, so a learner can switch tools in the middle of a course.

mod config;
mod course;
mod digest;
mod error;
mod exercise;
mod exercise_id;
mod folder_name;
mod location;
mod offer;
mod progress;
mod recorded_name;
mod repository;
mod scan;
mod select;
mod skipped_folders;

pub use config::{
    ExerciseConfig, Expectation, FailingTest, TomlError, Verification, VerificationCommand,
    config_file, size,
};
pub use course::Course;
pub use digest::{Digest, ParseDigestError};
pub use error::CourseError;
pub use exercise::{CONFTEST, Change, ChangedFile, Exercise, PYTEST_SETTINGS};
pub use exercise_id::{ExerciseId, ParseIdError};
pub use folder_name::{FolderName, Number, ParseNameError};
pub use offer::{Direction, neighbour, next_after, next_to_offer};
pub use progress::{Notice, Opened, Progress, ProgressError, Vanished, examine_progress};
pub use recorded_name::RecordedName;
pub use select::{SelectError, select_chapter, select_path};
pub use skipped_folders::{Reason, SkippedFolder};
