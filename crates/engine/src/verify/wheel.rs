//! Verifies a project that only maturin can package: its wheel is built, unpacked and tested.

use std::path::PathBuf;

use super::framework::Built;
use super::{Engine, Stop, Work};
use crate::build::Target;
use crate::build::explain_failure;
use crate::environment::{Environment, NoWheel};
use crate::event::{Event, Step};
use crate::judge::Evidence;
use crate::subject::WheelProject;

impl Engine<'_> {
    pub(super) fn wheel(
        &mut self,
        work: &mut Work<'_>,
        project: &WheelProject,
        environment: &Environment,
    ) -> Result<Evidence, Stop> {
        let dir = self.unpacked_wheel(work, project, environment)?;
        let built = Built::Wheel {
            project,
            environment,
            dir: &dir,
        };
        let (suites, warnings) = self.test(work, built)?;
        Ok(Evidence::Tested {
            advice: self.surroundings(work, environment, &suites),
            suites,
            warnings,
            wants_tests: project.tests.are_expected,
        })
    }

    /// Builds the wheel, unpacks it, and returns where.
    pub(super) fn unpacked_wheel(
        &mut self,
        work: &mut Work<'_>,
        project: &WheelProject,
        environment: &Environment,
    ) -> Result<PathBuf, Stop> {
        let dir = self.dir_of(work.subject).join("wheel");
        self.timed(work, Step::Build, |engine, work| {
            (work.emit)(Event::Step {
                step: Step::Build,
                detail: format!("building {} with maturin", project.bindings),
            });
            // Cargo doesn't distinguish packages with the same name in different places, so each project has its own directory.
            let root = work.subject.root.as_os_str().as_encoded_bytes();
            let key = blake3::hash(root).to_hex();
            let target_dir = engine.target_dir().join("maturin").join(&key[..16]);
            let environments = engine.environments(work.cancel, work.emit);
            let made = environments.wheel(environment, &work.subject.root, &target_dir, &dir);
            match made {
                Ok(()) => Ok(()),
                Err(NoWheel::NotReady(reason)) => Err(Stop::from(reason)),
                Err(NoWheel::NotBuilt(output)) => {
                    // maturin passes the compiler's output on as plain text; cargo gives it in a form that can be explained.
                    engine.built(work, &project.rust.manifest, None, &Target::Everything)?;
                    Err(Evidence::NotBuilt {
                        finding: explain_failure(&output),
                        output,
                        ran_away: false,
                    }
                    .into())
                }
            }
        })?;
        Ok(dir)
    }
}
