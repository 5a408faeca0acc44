//! What the help of a verb lists of the flags that work everywhere: those that mean something there, in its own words.
//!
//! All of them are taken on either side of every verb. A flag that a verb has by itself is not overridden by the one for
//! all, and hands its value on all the same.

use clap::{Arg, Command};

/// What governs the going on from exercise to exercise, which is `wr` without a verb.
const OF_GOING_ON: [&str; 1] = ["keep_going"];

/// The verbs that run exercises.
const WITH_RUNS: [&str; 3] = ["check", "watch", "author"];

/// What governs the running of exercises and tests.
const OF_RUNS: [&str; 4] = ["recheck", "keep_going", "time_limit", "memory_limit"];

/// The verbs that run neither.
const WITHOUT_RUNS: [&str; 6] = ["open", "list", "hint", "explain", "inspect", "doctor"];

/// The command line, with what each verb's help lists.
pub(super) fn command(whole: Command) -> Command {
    let everywhere: Vec<Arg> = whole
        .get_arguments()
        .filter(|flag| flag.is_global_set())
        .cloned()
        .collect();
    let flag = |name: &str| {
        everywhere
            .iter()
            .find(|flag| flag.get_id() == name)
            .cloned()
    };
    let hidden = |names: &[&str]| -> Vec<Arg> {
        let flags = names.iter().filter_map(|name| flag(name));
        flags.map(|flag| flag.hide(true)).collect()
    };
    let of_inspect = [
        ("verbose", "List every symbol, section, crate and file"),
        (
            "format",
            "How to write the result; the JSON is described in the book, \"Inspection as JSON\"",
        ),
    ];
    let of_inspect: Vec<Arg> = of_inspect
        .into_iter()
        .filter_map(|(name, help)| Some(flag(name)?.help(help)))
        .collect();
    [
        (&WITH_RUNS[..], hidden(&OF_GOING_ON)),
        (&WITHOUT_RUNS[..], hidden(&OF_RUNS)),
    ]
    .into_iter()
    .flat_map(|(verbs, hidden)| verbs.iter().map(move |verb| (*verb, hidden.clone())))
    .fold(whole, |whole, (verb, hidden)| {
        whole.mut_subcommand(verb, |verb| verb.args(hidden))
    })
    .mut_subcommand("inspect", |inspect| inspect.args(of_inspect))
}
