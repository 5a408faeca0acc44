//! The way of a project that only maturin can pack: its wheel is made, unpacked and tested.

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
        let dir = self.dir_of(work.subject).join("wheel");
        self.timed(work, Step::Build, |engine, work| {
            (work.tell)(Event::Step {
                step: Step::Build,
                detail: format!("having maturin build {}", project.bindings),
            });
            // Cargo does not tell packages of one name apart, wherever they are, so each project has a directory of its own.
            let root = work.subject.root.as_os_str().as_encoded_bytes();
            let key = blake3::hash(root).to_hex();
            let target_dir = engine.target_dir().join("maturin").join(&key[..16]);
            let environments = engine.environments(work.cancel, work.tell);
            let made = environments.wheel(environment, &work.subject.root, &target_dir, &dir);
            match made {
                Ok(()) => Ok(()),
                Err(NoWheel::NotReady(reason)) => Err(Stop::from(reason)),
                Err(NoWheel::NotBuilt(output)) => {
                    // maturin passes on what the compiler says as a text; cargo itself says it so that it can be explained.
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
}
