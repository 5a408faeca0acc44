//! Downloads the crates for tests that run cargo or maturin themselves.
//!
//! Such tests work without the network, and cargo then wants every crate in the lock file to be there, even those that only another
//! member of the workspace needs. A build downloads no more than what it compiles.

use super::{Engine, Work};
use crate::event::{Event, Step};
use crate::manifest;
use crate::process::{Ended, run};
use crate::system::{Command, Exit, SystemExt};

/// The file among a subject's own that says which lock file the crates were downloaded for.
const FETCHED: &str = "fetched";

impl Engine<'_> {
    /// Downloads whatever its workspace's lock file names, unless that was done. If it can't be done, the tests say what they lack.
    pub(super) fn fetch_for_tests(&self, work: &Work<'_>) {
        let own = work.subject.root.join("Cargo.toml");
        if !work.subject.tests_run_cargo || !self.system.is_file(&own) {
            return;
        }
        let workspace = manifest::workspace_of(self.system, &own).unwrap_or(own);
        let lock = workspace.with_file_name("Cargo.lock");
        let locked = self.system.read(&lock).ok();
        let stamp = self.dir_of(work.subject).join(FETCHED);
        let digest = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string().into_bytes();
        let now = locked.as_deref().map(digest);
        if now.is_some() && self.system.read(&stamp).ok() == now {
            return;
        }
        (work.emit)(Event::Step {
            step: Step::PythonTests,
            detail: "downloading the crates that the tests build with".to_owned(),
        });
        let command = Command::new("cargo", &work.subject.root)
            .args(["fetch", "--manifest-path"])
            .arg(&workspace)
            .envs(&self.settings.env);
        let limit = work.subject.build_time_limit;
        let Ok(finished) = run(self.system, &command, limit, work.cancel) else {
            return;
        };
        if finished.ended == Ended::Exited(Exit::Code(0))
            && let Ok(locked) = self.system.read(&lock)
        {
            // Without the note it's done again, which takes a moment.
            let _ = self.system.write(&stamp, &digest(&locked));
        }
    }
}
