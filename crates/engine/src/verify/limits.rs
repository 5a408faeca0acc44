//! How much builds and tests may use.

use std::time::Duration;

use super::Engine;
use super::settings::{DEFAULT_FILE, DEFAULT_PROCESSES};
use crate::subject::{EnvironmentPolicy, Subject};
use crate::system::Limits;

impl Engine<'_> {
    /// What a subject's tests may use. The default is half of the machine's memory, so that a runaway test takes down neither
    /// the machine nor the user's editor.
    pub(crate) fn limits(&self, subject: &Subject) -> Limits {
        let share = || self.system.memory().map(|all| all / 2);
        Limits {
            memory: self
                .settings
                .memory_limit
                .or(subject.memory_limit)
                .or_else(share),
            processes: Some(subject.process_limit.unwrap_or(DEFAULT_PROCESSES)),
            file: subject.file_limit.or(match subject.environment {
                EnvironmentPolicy::Kept => Some(DEFAULT_FILE),
                // Real projects test sparse files of many gigabytes that take no disk space.
                EnvironmentPolicy::OwnFirst => None,
            }),
        }
    }

    /// What a build may use. Compilers use only what they need, so they may have nearly all of the memory, but a build script
    /// may run away.
    pub(super) fn build_limits(&self) -> Limits {
        Limits {
            memory: self.system.memory().map(|all| all / 10 * 9),
            processes: Some(DEFAULT_PROCESSES),
            file: None,
        }
    }

    pub(crate) fn time_limit(&self, subject: &Subject) -> Duration {
        self.settings.time_limit.unwrap_or(subject.time_limit)
    }
}
