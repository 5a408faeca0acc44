//! Notices changed files: the system reports changes, or, if it doesn't, we look.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Message;

/// How often to look at the files even though the system reports changes.
const SELDOM: Duration = Duration::from_secs(2);

/// How often to look if it doesn't.
const OFTEN: Duration = Duration::from_millis(300);

/// The watched directories.
pub(super) struct Files {
    native: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    interval: Duration,
    tell: Sender<Message>,
}

impl Files {
    /// Watches nothing yet; changes are sent to `tell`.
    pub(super) fn watch(tell: Sender<Message>) -> Self {
        let on_change = tell.clone();
        let native = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let is_telling = match &event {
                Ok(event) => {
                    !matches!(event.kind, EventKind::Access(_))
                        && !event.paths.iter().all(|path| is_noise(path))
                }
                // An overflow, or a lost watch: look at the files.
                Err(_) => true,
            };
            if is_telling {
                let _ = on_change.send(Message::Touched);
            }
        });
        let mut files = Self {
            native: None,
            watched: BTreeSet::new(),
            interval: SELDOM,
            tell,
        };
        match native {
            Ok(native) => files.native = Some(native),
            Err(error) => files.poll(&error.to_string()),
        }
        files
    }

    /// Watches exactly these directories.
    pub(super) fn look_at(&mut self, directories: &BTreeSet<PathBuf>) {
        let Some(native) = &mut self.native else {
            return;
        };
        for gone in self.watched.difference(directories) {
            let _ = native.unwatch(gone);
        }
        let mut failure = None;
        for new in directories.difference(&self.watched) {
            // The next look will notice a directory deleted just now.
            if let Err(error) = native.watch(new, RecursiveMode::NonRecursive)
                && new.is_dir()
            {
                failure = Some(error.to_string());
            }
        }
        self.watched.clone_from(directories);
        if let Some(reason) = failure {
            self.native = None;
            self.poll(&reason);
        }
    }

    /// How long to wait for a report before looking.
    pub(super) fn interval(&self) -> Duration {
        self.interval
    }

    /// Called when a change was seen but not reported: this file system doesn't report changes, as is the case on some
    /// network and shared folders.
    pub(super) fn missed_a_change(&mut self) {
        if self.interval != OFTEN {
            self.poll("a change was not reported");
        }
    }

    fn poll(&mut self, reason: &str) {
        self.interval = OFTEN;
        let _ = self.tell.send(Message::Polling {
            reason: reason.to_owned(),
        });
    }
}

/// Whether a path belongs to an editor.
fn is_noise(path: &Path) -> bool {
    engine::is_editors_own(path)
}
