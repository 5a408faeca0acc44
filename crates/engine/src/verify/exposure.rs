//! Builds an extension and makes it importable: what comes before its tests, and all that a Python prompt needs.

use std::path::PathBuf;

use anatomy::PythonVersion;
use anatomy::project::ProjectInspection;
use diagnostic::Diagnostic;

use super::{Engine, Stop, Work};
use crate::environment::Environment;
use crate::event::Step;
use crate::expose::expose;
use crate::interpreter::Interpreter;
use crate::subject::Extension;

/// A library that is built and importable.
pub(super) struct Exposure {
    /// The directory for `sys.path`.
    pub(super) dir: PathBuf,
    /// PyO3's configuration.
    pub(super) config: PathBuf,
    /// The compiler's warnings.
    pub(super) warnings: Vec<String>,
    /// Findings that don't prevent the import here.
    pub(super) advice: Vec<Diagnostic>,
}

impl Engine<'_> {
    /// Builds the extension, inspects the library and makes it importable.
    pub(super) fn built_and_exposed(
        &mut self,
        work: &mut Work<'_>,
        extension: &Extension,
        environment: &Environment,
        promised: Option<PythonVersion>,
    ) -> Result<Exposure, Stop> {
        let dir = self.expose_dir(work, &environment.interpreter);
        let interpreter = &environment.interpreter;
        let config = self.pyo3_config(interpreter, work.subject)?;
        // Libraries with the same name, of other crates or for other interpreters, share one file in the target directory, so
        // it stays locked until there is a copy.
        let lock = self.library_lock(work, extension)?;
        let (library, warnings) = self.timed(work, Step::Build, |engine, work| {
            engine.library(work, extension, interpreter, &config)
        })?;
        let advice = self.timed(work, Step::Inspect, |engine, _| {
            engine.inspect(&library, extension, interpreter, promised)
        })?;
        self.timed(work, Step::Expose, |engine, _| {
            let earlier = engine.exposed.take();
            let now = expose(
                engine.system,
                &library,
                extension,
                environment,
                &dir,
                earlier,
            );
            engine.exposed = now.map_err(|error| Self::cannot_write(&dir, &error))?;
            Ok(())
        })?;
        drop(lock);
        Ok(Exposure {
            dir,
            config,
            warnings,
            advice,
        })
    }

    /// Builds the extension and makes it importable, without testing it. Returns where it is.
    pub(super) fn exposed_alone(
        &mut self,
        work: &mut Work<'_>,
        extension: &Extension,
        environment: &Environment,
    ) -> Result<PathBuf, Stop> {
        let interpreter = &environment.interpreter;
        let inspection = self.inspect_manifests(work, extension, interpreter);
        let promised = inspection.facts.stable_abi(&interpreter.expectation());
        match self.built_and_exposed(work, extension, environment, promised) {
            Ok(exposure) => Ok(exposure.dir),
            Err(Stop::Evidence(evidence)) => {
                let inspected = self.inspected_now(work, extension, interpreter, inspection);
                Err(self
                    .with_causes(work, extension, interpreter, inspected, *evidence)
                    .into())
            }
            Err(Stop::Interrupted) => Err(Stop::Interrupted),
        }
    }

    /// The findings about the manifests after a build. If cargo has written the lock file only now, they must be the same as those
    /// of later runs, which read it.
    pub(super) fn inspected_now(
        &self,
        work: &Work<'_>,
        extension: &Extension,
        interpreter: &Interpreter,
        before: ProjectInspection,
    ) -> Vec<Diagnostic> {
        if before.facts.locked.is_empty() {
            self.inspect_manifests(work, extension, interpreter)
                .diagnostics
        } else {
            before.diagnostics
        }
    }

    /// The directory that goes on `sys.path`. Each subject has its own for each kind of interpreter, so that two can be tested
    /// at the same time.
    pub(super) fn expose_dir(&self, work: &Work<'_>, interpreter: &Interpreter) -> PathBuf {
        let suffix = interpreter.extension_suffix().trim_start_matches('.');
        let kind = suffix.split('.').next().unwrap_or(suffix);
        self.dir_of(work.subject).join(kind).join("modules")
    }
}
