//! Which interpreter and which environment a subject gets.

use diagnostic::Diagnostic;

use super::{Engine, Stop, Work};
use crate::environment::{Environment, Environments, For, NotReady};
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
        Ok(self.environments(work.cancel, work.tell).kept(
            &interpreter,
            &subject.requirements,
            whom(subject),
        )?)
    }

    /// The environment of a subject, where it is there and nothing has to be done to it first.
    pub(super) fn environment_if_ready(&self, subject: &Subject) -> Option<Environment> {
        let own = self.own_environment(subject);
        if let Some(own) = own {
            return unfit_environment(subject, &own).is_none().then_some(own);
        }
        let interpreter = self.standing_interpreter(subject)?;
        let cancel = Cancel::new();
        self.environments(&cancel, &|_| {}).kept_if_ready(
            &interpreter,
            &subject.requirements,
            whom(subject),
        )
    }

    pub(super) fn environments<'e>(
        &'e self,
        cancel: &'e Cancel,
        tell: &'e dyn Fn(Event),
    ) -> Environments<'e> {
        Environments {
            system: self.system,
            state_dir: &self.settings.state_dir,
            env: &self.settings.env,
            cancel,
            tell,
        }
    }

    fn own_environment(&self, subject: &Subject) -> Option<Environment> {
        // The project's own need not have maturin.
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

    /// An interpreter that an environment was made for, where the user asks for no other and it suits.
    fn standing_interpreter(&self, subject: &Subject) -> Option<Interpreter> {
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
            .standing_for(required, preferred)
    }

    /// The interpreter for a subject: one that suits the whole course where there is one, else one that suits it.
    fn interpreter(&mut self, subject: &Subject, cancel: &Cancel) -> Result<Interpreter, Stop> {
        let required = subject
            .requires_python
            .as_ref()
            .map(|(_, required)| required);
        let key = required.map(ToString::to_string);
        if let Some((_, known)) = self.interpreters.iter().find(|(of, _)| *of == key) {
            return Ok(known.clone());
        }
        if let Some(standing) = self.standing_interpreter(subject) {
            return Ok(standing);
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
            // What was not found by then says nothing.
            Err(_) if cancel.is_cancelled() => Err(Stop::Interrupted),
            Err(missed) => Err(NotReady::from(no_interpreter(subject, &missed)).into()),
        }
    }
}

/// Whom the environment of a subject is for.
fn whom(subject: &Subject) -> For<'_> {
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
        ))
    })
}

fn no_interpreter(subject: &Subject, missed: &NoInterpreter) -> Diagnostic {
    unfit(subject, &missed.unfit).unwrap_or_else(|| rules::no_interpreter::finding(missed))
}

/// The finding that these interpreters do not fit, where none of them does.
fn unfit(subject: &Subject, found: &[Interpreter]) -> Option<Diagnostic> {
    let required = subject.requires_python.as_ref();
    let fits = |one: &Interpreter| {
        one.is_supported() && one.satisfies(required.map(|(_, required)| required))
    };
    if found.is_empty() || found.iter().any(fits) {
        return None;
    }
    let blame = required.map(|(file, required)| (subject.shown(file), required.to_string()));
    let names = blame
        .as_ref()
        .map(|(file, text)| (file.as_str(), text.as_str()));
    Some(rules::interpreter_too_old::finding(found, names))
}
