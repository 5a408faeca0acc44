//! For callers that run Python themselves: builds what a verdict would test, and says how Python finds it.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use super::plan::plan;
use super::{Engine, Interrupted, Stop, Work};
use crate::event::{Event, Step};
use crate::subject::{Kind, PythonTests, Subject};
use crate::system::Cancel;
use crate::test::python::{Zygote, variables};
use crate::verdict::Verdict;

/// The variables that describe the caller's own place, which it keeps.
const OF_PLACE: [&str; 2] = ["PWD", "OLDPWD"];

/// A Python that finds a subject's modules, the way the subject's tests do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Importable {
    /// The interpreter.
    pub python: PathBuf,
    /// All environment variables to start it with.
    pub env: BTreeMap<OsString, OsString>,
}

impl Engine<'_> {
    /// Builds a subject as for a verdict, without running its tests. Returns how to start Python so that it finds the result,
    /// or the verdict if it can't be built or imported. `None` if the subject contains nothing that Python could import.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] if the work was cancelled; everything that ran has ended by then.
    pub fn importable(
        &mut self,
        subject: &Subject,
        cancel: &Cancel,
        emit: &dyn Fn(Event),
    ) -> Result<Option<Result<Importable, Box<Verdict>>>, Interrupted> {
        if matches!(subject.kind, Kind::Rust(_) | Kind::Commands(_)) {
            return Ok(None);
        }
        let mut work = Work::new(subject, plan(subject), cancel, emit);
        let made = self.made_importable(&mut work);
        if cancel.is_cancelled() {
            return Err(Interrupted);
        }
        match made {
            Ok(importable) => Ok(Some(Ok(importable))),
            Err(Stop::Interrupted) => Err(Interrupted),
            Err(Stop::Evidence(evidence)) => {
                let verdict = self.judged(work, *evidence, &[]);
                Ok(Some(Err(Box::new(verdict))))
            }
        }
    }

    fn made_importable(&mut self, work: &mut Work<'_>) -> Result<Importable, Stop> {
        self.require_own_directory(work.subject)?;
        if work.has(Step::Build) {
            self.require_program("cargo", &work.subject.root)?;
        }
        let environment = self.timed(work, Step::Environment, Self::environment)?;
        work.python = Some(environment.interpreter.clone());
        let unpacked;
        let (tests, exposed) = match &work.subject.kind {
            Kind::Extension(extension) => {
                let dir = self.exposed_alone(work, extension, &environment)?;
                (&extension.tests, Some((&**extension, dir)))
            }
            Kind::Wheel(project) => {
                unpacked = PythonTests {
                    paths: vec![self.unpacked_wheel(work, project, &environment)?],
                    ..project.tests.clone()
                };
                (&unpacked, None)
            }
            Kind::Python(tests) => (tests, None),
            Kind::Rust(_) | Kind::Commands(_) => {
                unreachable!("they were refused before the work began")
            }
        };
        let exposed = exposed
            .as_ref()
            .map(|(extension, dir)| (*extension, dir.as_path()));
        let spec = self.zygote_spec(work, &environment);
        Zygote::write(self.system, &spec).map_err(|error| Self::cannot_write(&spec.dir, &error))?;
        let run = self.pytest_run(work, tests, &environment, exposed);
        let mut env = spec.env.clone();
        env.extend(variables(&run, &spec));
        for name in OF_PLACE.map(OsStr::new) {
            match self.settings.env.get(name) {
                Some(own) => env.insert(name.to_owned(), own.clone()),
                None => env.remove(name),
            };
        }
        Ok(Importable {
            python: environment.python,
            env,
        })
    }
}
