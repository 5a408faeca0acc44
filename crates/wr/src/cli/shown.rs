//! What the help of a verb lists of the flags that work everywhere: those that mean something there, in its own words. All
//! of them are taken on either side of every verb.

use clap::Command;

use super::{AuthorVerbs, Check, Doctor, Explain, Hint, Inspect, List, Open, Target};

/// What governs the going on from exercise to exercise, which is `wr` without a verb.
const OF_GOING_ON: [&str; 1] = ["keep_going"];

/// What governs the running of exercises and tests.
const OF_RUNS: [&str; 5] = [
    "recheck",
    "keep_going",
    "time_limit",
    "build_time_limit",
    "memory_limit",
];

/// A verb that has the flags for all among its own.
pub(super) trait Shown {
    /// Settles which of them its help lists, and how.
    fn shown(verb: Command) -> Command;
}

/// A verb that runs exercises.
macro_rules! with_runs {
    ($($arguments:ty),*) => {$(
        impl Shown for $arguments {
            fn shown(verb: Command) -> Command {
                without(&OF_GOING_ON, verb)
            }
        }
    )*};
}

/// A verb that runs none.
macro_rules! without_runs {
    ($($arguments:ty),*) => {$(
        impl Shown for $arguments {
            fn shown(verb: Command) -> Command {
                without(&OF_RUNS, verb)
            }
        }
    )*};
}

with_runs!(Check, Target, AuthorVerbs);
without_runs!(Open, List, Hint, Explain, Doctor);

impl Shown for Inspect {
    fn shown(verb: Command) -> Command {
        without(&OF_RUNS, verb)
            .mut_arg("verbose", |flag| {
                flag.help("List every symbol, section, crate and file")
            })
            .mut_arg("format", |flag| {
                flag.help("How to write the result; the JSON is described in the book, \"Inspection as JSON\"")
            })
    }
}

fn without(flags: &[&str], verb: Command) -> Command {
    flags.iter().fold(verb, |verb, flag| {
        verb.mut_arg(flag, |flag| flag.hide(true))
    })
}
