//! For callers that build and test in their own way: the environment that the tests run in, and cargo's variables.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use super::plan::plan;
use super::{Engine, Interrupted, Stop, Work};
use crate::build::{self, PythonLink};
use crate::event::{Event, Step};
use crate::judge::{CourseRequirements, judge};
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
    /// The variables that make cargo build for the interpreter, whatever else is set.
    pub cargo: BTreeMap<OsString, OsString>,
}

impl Engine<'_> {
    /// Prepares the environment for a subject and returns where it is, or a verdict if something is missing on the machine.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] if the work was cancelled before the environment was ready.
    pub fn prepare_build_env(
        &mut self,
        subject: &Subject,
        cancel: &Cancel,
        emit: &dyn Fn(Event),
    ) -> Result<Result<BuildEnv, Box<Verdict>>, Interrupted> {
        let mut work = Work::new(subject, plan(subject), cancel, emit);
        let environment = self.timed(&mut work, Step::Environment, Self::environment);
        let build_env = environment.and_then(|environment| {
            let config = self.pyo3_config(&environment.interpreter, subject)?;
            Ok(BuildEnv {
                cargo: build::environment(&self.settings.env, PythonLink::Extends(&config)),
                dir: environment.dir,
                python: environment.python,
            })
        });
        match build_env {
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
