//! Verbs that describe their arguments only when needed.
//!
//! `wr` often starts just to look at one small file, or to report that nothing has changed, and should finish before
//! anyone notices. What its other verbs accept matters only for their own help.

use std::ops::Deref;

use clap::builder::Resettable;
use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

use super::shown::Shown;

/// The arguments of a verb. clap's [`Command`] learns about them only when it parses that verb or shows its help.
#[derive(Debug)]
pub(crate) struct LazyArgs<A>(A);

impl<A> Deref for LazyArgs<A> {
    type Target = A;

    fn deref(&self) -> &A {
        &self.0
    }
}

impl<A: Args + Shown> Args for LazyArgs<A> {
    fn augment_args(verb: Command) -> Command {
        verb.defer(|verb| described(verb, A::augment_args, A::shown))
    }

    fn augment_args_for_update(verb: Command) -> Command {
        verb.defer(|verb| described(verb, A::augment_args_for_update, A::shown))
    }
}

/// Adds a verb's arguments and chooses which global flags its help shows; by now they count as its own. The verb's
/// description is kept: it's written where the verb is declared.
fn described(
    verb: Command,
    augment: fn(Command) -> Command,
    shown: fn(Command) -> Command,
) -> Command {
    let (about, long_about) = (verb.get_about().cloned(), verb.get_long_about().cloned());
    shown(augment(verb))
        .about(Resettable::from(about))
        .long_about(Resettable::from(long_about))
}

impl<A: FromArgMatches> FromArgMatches for LazyArgs<A> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        A::from_arg_matches(matches).map(Self)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        A::from_arg_matches_mut(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }

    fn update_from_arg_matches_mut(&mut self, matches: &mut ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches_mut(matches)
    }
}
