//! Which global flags the help of a verb lists: those that apply to it, in its own words. Every verb accepts all of
//! them, before and after its name.

use clap::Command;

use super::{
    AuthorVerbs, Book, Check, Completions, Doctor, Explain, Hint, Inspect, List, Man, NewProject,
    Open, Reset, Run, Solution, Step, Watch,
};

/// Flags for moving from exercise to exercise, which only `wr` without a verb does.
const NEXT_EXERCISE_FLAGS: [&str; 1] = ["keep_going"];

/// Flags for running exercises and tests.
const RUN_FLAGS: [&str; 5] = [
    "recheck",
    "keep_going",
    "time_limit",
    "build_time_limit",
    "memory_limit",
];

/// A verb whose own flags include the global ones.
pub(super) trait Shown {
    /// Chooses which of them its help lists, and how.
    fn shown(verb: Command) -> Command;
}

/// A verb that runs exercises.
macro_rules! with_runs {
    ($($arguments:ty),*) => {$(
        impl Shown for $arguments {
            fn shown(verb: Command) -> Command {
                without(&NEXT_EXERCISE_FLAGS, verb)
            }
        }
    )*};
}

/// A verb that runs no exercises.
macro_rules! without_runs {
    ($($arguments:ty),*) => {$(
        impl Shown for $arguments {
            fn shown(verb: Command) -> Command {
                without(&RUN_FLAGS, verb)
            }
        }
    )*};
}

with_runs!(AuthorVerbs, Book);
without_runs!(Open, Step, Solution, Reset, List, Hint, Explain, Doctor);

/// A verb that writes a file for another program.
macro_rules! plain {
    ($($arguments:ty),*) => {$(
        impl Shown for $arguments {
            fn shown(verb: Command) -> Command {
                without(&["verbose", "color", "format", "python"], without(&RUN_FLAGS, verb))
            }
        }
    )*};
}

plain!(Completions, Man);

impl Shown for NewProject {
    fn shown(verb: Command) -> Command {
        without(&["verbose", "python"], without(&RUN_FLAGS, verb))
    }
}

impl Shown for Run {
    fn shown(verb: Command) -> Command {
        without(&["keep_going", "time_limit", "memory_limit"], verb).mut_arg("format", |flag| {
            flag.help(
                "Output format of a diagnosis; the book's page \"JSON output\" describes the JSON",
            )
        })
    }
}

impl Shown for Watch {
    fn shown(verb: Command) -> Command {
        verb.mut_arg("keep_going", |flag| {
            flag.help("When an exercise is solved, go on to the next one that isn't")
        })
    }
}

impl Shown for Check {
    fn shown(verb: Command) -> Command {
        without(&NEXT_EXERCISE_FLAGS, verb).mut_arg("format", |flag| {
            flag.help(
                "Output format; the book's pages \"JSON output\" and \"JUnit reports\" describe them",
            )
        })
    }
}

impl Shown for Inspect {
    fn shown(verb: Command) -> Command {
        without(&RUN_FLAGS, verb)
            .mut_arg("verbose", |flag| {
                flag.help("List every symbol, section, crate and file")
            })
            .mut_arg("format", |flag| {
                flag.help(
                    "Output format; the book's page \"Inspection as JSON\" describes the JSON",
                )
            })
    }
}

fn without(flags: &[&str], verb: Command) -> Command {
    flags.iter().fold(verb, |verb, flag| {
        verb.mut_arg(flag, |flag| flag.hide(true))
    })
}
