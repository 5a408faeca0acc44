//! What whoever builds and tests in a way of their own needs: the environment that the tests run in, and cargo's variables.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use super::{Engine, Interrupted, Stop, Work};
use crate::build;
use crate::event::{Event, Step};
use crate::judge::{CourseRequirements, judge};
use crate::plan::plan;
use crate::subject::Subject;
use crate::system::Cancel;
use crate::verdict::Verdict;

/// An environment that is ready, and how cargo builds for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildEnv {
    /// The virtual environment's directory.
    pub dir: PathBuf,
    /// Its interpreter.
    pub python: PathBuf,
    /// The variables with which cargo builds for the interpreter without asking the surroundings.
    pub cargo: BTreeMap<OsString, OsString>,
}

impl Engine<'_> {
    /// Makes the environment for a subject and says where it is; a verdict is given where the machine lacks something.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] when `cancel` was called before the environment was ready.
    pub fn prepare_build_env(
        &mut self,
        subject: &Subject,
        cancel: &Cancel,
        tell: &dyn Fn(Event),
    ) -> Result<Result<BuildEnv, Box<Verdict>>, Interrupted> {
        let mut work = Work::new(subject, plan(subject), cancel, tell);
        let environment = self.timed(&mut work, Step::Environment, Self::environment);
        let equipped = environment.and_then(|environment| {
            let config = self.pyo3_config(&environment.interpreter, subject)?;
            Ok(BuildEnv {
                cargo: build::environment(&self.settings.env, Some(&config)),
                dir: environment.dir,
                python: environment.python,
            })
        });
        match equipped {
            Ok(build_env) => Ok(Ok(build_env)),
            Err(Stop::Interrupted) => Err(Interrupted),
            Err(Stop::Evidence(evidence)) => Ok(Err(Box::new(judge(
                &subject.name,
                *evidence,
                CourseRequirements::default(),
                work.timings,
            )))),
        }
    }
}
