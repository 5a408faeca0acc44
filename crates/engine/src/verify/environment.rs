//! Chooses the interpreter and the environment for a subject.

use diagnostic::Diagnostic;

use super::{Engine, Stop, Work};
use crate::environment::{Environment, Environments, For, NotReady, OLDEST_PYTEST};
use crate::event::Event;
use crate::interpreter::{Interpreter, Interpreters, NoInterpreter, PATIENCE};
use crate::rules;
use crate::subject::{EnvironmentPolicy, Kind, Subject};
use crate::system::Cancel;

impl Engine<'_> {
    pub(super) fn environment(&mut self, work: &mut Work<'_>) -> Result<Environment, Stop> {
        let subject = work.subject;
        if let Some(own) = self.own_environment(subject) {
            return match unfit_environment(subject, &own) {
                Some(finding) => Err(NotReady::from(finding).into()),
                None => Ok(own),
            };
        }
        let interpreter = self.interpreter(subject, work.cancel)?;
        Ok(self.environments(work.cancel, work.emit).kept(
            &interpreter,
            &subject.requirements,
            purpose(subject),
        )?)
    }

    /// The environment of a subject, if it exists and is ready to use.
    pub(super) fn environment_if_ready(&self, subject: &Subject) -> Option<Environment> {
        let own = self.own_environment(subject);
        if let Some(own) = own {
            return unfit_environment(subject, &own).is_none().then_some(own);
        }
        let interpreter = self.existing_interpreter(subject)?;
        let cancel = Cancel::new();
        self.environments(&cancel, &|_| {}).kept_if_ready(
            &interpreter,
            &subject.requirements,
            purpose(subject),
        )
    }

    pub(super) fn environments<'e>(
        &'e self,
        cancel: &'e Cancel,
        emit: &'e dyn Fn(Event),
    ) -> Environments<'e> {
        Environments {
            system: self.system,
            state_dir: &self.settings.state_dir,
            env: &self.settings.env,
            cancel,
            emit,
        }
    }

    fn own_environment(&self, subject: &Subject) -> Option<Environment> {
        // The project's own environment may lack maturin.
        let needs_tools = matches!(subject.kind, Kind::Wheel(_));
        if subject.environment != EnvironmentPolicy::OwnFirst
            || self.settings.python.is_some()
            || needs_tools
        {
            return None;
        }
        let cancel = Cancel::new();
        self.environments(&cancel, &|_| {}).own(&subject.root)
    }

    /// A suitable interpreter that an environment was already made for, unless the user asks for one explicitly.
    fn existing_interpreter(&self, subject: &Subject) -> Option<Interpreter> {
        if self.settings.python.is_some() {
            return None;
        }
        let required = subject
            .requires_python
            .as_ref()
            .map(|(_, required)| required);
        let preferred = self.settings.preferred_python.as_ref();
        let cancel = Cancel::new();
        self.environments(&cancel, &|_| {})
            .existing_for(required, preferred)
    }

    /// The interpreter for a subject: one that suits the whole course if possible, otherwise one that suits the subject.
    fn interpreter(&mut self, subject: &Subject, cancel: &Cancel) -> Result<Interpreter, Stop> {
        let required = subject
            .requires_python
            .as_ref()
            .map(|(_, required)| required);
        let key = required.map(ToString::to_string);
        if let Some((_, known)) = self.interpreters.iter().find(|(of, _)| *of == key) {
            return Ok(known.clone());
        }
        if let Some(existing) = self.existing_interpreter(subject) {
            return Ok(existing);
        }
        let search = Interpreters {
            env: &self.settings.env,
            requested: self.settings.python.as_deref(),
            patience: PATIENCE,
            cancel,
        };
        let preferred = self.settings.preferred_python.as_ref();
        let found = match preferred.map(|preferred| search.find(self.system, Some(preferred))) {
            Some(Ok(found)) if found.satisfies(required) => Ok(found),
            _ => search.find(self.system, required),
        };
        match found {
            Ok(found) => {
                self.interpreters.push((key, found.clone()));
                Ok(found)
            }
            // A cancelled search proves nothing.
            Err(_) if cancel.is_cancelled() => Err(Stop::Interrupted),
            Err(missed) => Err(NotReady::from(no_interpreter(subject, &missed)).into()),
        }
    }
}

/// What a subject's environment is for.
fn purpose(subject: &Subject) -> For<'_> {
    match subject.environment {
        EnvironmentPolicy::OwnFirst => For::Project(&subject.root),
        EnvironmentPolicy::Kept => For::Course,
    }
}

/// The finding that a project's own environment does not fit.
fn unfit_environment(subject: &Subject, own: &Environment) -> Option<Diagnostic> {
    unfit(subject, std::slice::from_ref(&own.interpreter)).or_else(|| {
        let version = own.too_old_pytest()?;
        Some(rules::pytest_too_old::finding(
            &own.dir,
            &own.python,
            version,
            OLDEST_PYTEST,
        ))
    })
}

fn no_interpreter(subject: &Subject, missed: &NoInterpreter) -> Diagnostic {
    unfit(subject, &missed.unfit).unwrap_or_else(|| rules::no_interpreter::finding(missed))
}

/// The finding that none of these interpreters is suitable, if that's so.
fn unfit(subject: &Subject, found: &[Interpreter]) -> Option<Diagnostic> {
    let required = subject.requires_python.as_ref();
    let fits = |one: &Interpreter| {
        one.is_supported() && one.satisfies(required.map(|(_, required)| required))
    };
    if found.is_empty() || found.iter().any(fits) {
        return None;
    }
    let reason = required.map(|(file, required)| (subject.shown(file), required.to_string()));
    let reason = reason
        .as_ref()
        .map(|(file, text)| (file.as_str(), text.as_str()));
    Some(rules::interpreter_too_old::finding(found, reason))
}
