//! `wr` without a verb: verify what is open, then name the next exercise.

use testkit::{Workshop, workshop};

use crate::states::{existing_tool, list, rows, verdicts};

/// Four exercises, of which the second fails; the first three are open, the first is solved.
fn course(at: &Workshop) {
    at.course()
        .command_exercise("01_a/01_w", &[&["touch", "was-run"]])
        .command_exercise("01_a/02_x", &[&["false"]])
        .command_exercise("01_a/03_y", &[&["true"]])
        .command_exercise("02_b/01_z", &[&["true"]]);
    let open = [
        ("01_a", "01_w", true),
        ("01_a", "02_x", false),
        ("01_a", "03_y", false),
    ];
    drop(existing_tool(at, &open));
}

fn run(at: &Workshop, flags: &[&str]) -> (Vec<String>, serde_json::Value) {
    let args = flags.iter().chain(&["--format", "json"]);
    let outcome = at.wr(args).run();
    let document = outcome.json();
    let status = i32::from(document["solved"] == false);
    outcome.status(status);
    (verdicts(&document), document["next"].clone())
}

#[test]
fn it_stops_at_the_first_that_fails_and_offers_nothing() {
    let at = workshop!("goes-on-until-failure");
    course(&at);
    let (verdicts, next) = run(&at, &[]);
    assert_eq!(verdicts, ["01_a/02_x tests_fail"]);
    assert!(next.is_null(), "{next}");
    at.wr::<&str>([])
        .run()
        .status(1)
        .never_says("Next:")
        .never_says("02_b/01_z");
}

#[test]
fn keep_going_and_recheck_verify_more() {
    let at = workshop!("goes-on-with-flags");
    course(&at);
    // As without the flag, it stops at the first one that fails, and opens nothing.
    assert_eq!(run(&at, &["--keep-going"]).0, ["01_a/02_x tests_fail"]);
    assert_eq!(rows(&at).len(), 3);
    assert!(!at.path("exercises/01_a/01_w/was-run").exists());
    assert_eq!(
        run(&at, &["--recheck"]).0,
        ["01_a/01_w solved", "01_a/02_x tests_fail"]
    );
    assert_eq!(
        run(&at, &["--recheck", "--keep-going"]).0,
        ["01_a/01_w solved", "01_a/02_x tests_fail"]
    );
}

#[test]
fn keep_going_opens_and_verifies_until_one_fails() {
    let at = workshop!("keeps-going");
    course(&at);
    at.command_exercise("01_a/02_x", &[&["true"]])
        .command_exercise("02_b/02_v", &[&["false"]])
        .command_exercise("02_b/03_u", &[&["true"]]);
    let (found, next) = run(&at, &["--keep-going"]);
    assert_eq!(
        found,
        [
            "01_a/02_x solved",
            "01_a/03_y solved",
            "02_b/01_z solved",
            "02_b/02_v tests_fail"
        ]
    );
    assert!(next.is_null(), "{next}");
    // The verified ones are open, and those after the failure aren't.
    assert_eq!(rows(&at).len(), 5);
    at.command_exercise("02_b/02_v", &[&["true"]]);
    let (found, _) = run(&at, &["--keep-going"]);
    assert_eq!(found, ["02_b/02_v solved", "02_b/03_u solved"]);
    at.wr(["--keep-going"])
        .run()
        .status(0)
        .says("That was the last exercise");
}

#[test]
fn the_next_exercise_is_named_when_all_open_ones_are_solved() {
    let at = workshop!("goes-on-to-next");
    course(&at);
    at.command_exercise("01_a/02_x", &[&["true"]]);
    let (verdicts, next) = run(&at, &[]);
    assert_eq!(verdicts, ["01_a/02_x solved", "01_a/03_y solved"]);
    assert_eq!(next["exercise"], "01_z");
    // It's only named: nobody was there to say yes.
    assert_eq!(rows(&at).len(), 3);
    let outcome = at.wr::<&str>([]).run();
    outcome
        .status(0)
        .says("Next: 02_b/01_z. Open it with `wr open 02_b/01_z`.");
}

#[test]
fn the_first_run_names_the_first_exercise_and_does_not_wait() {
    let at = workshop!("goes-on-first-run");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    let outcome = at.wr::<&str>([]).run();
    outcome
        .status(0)
        .says("Next: 01_a/01_x")
        .never_says("[Y/n]");
}

#[test]
fn the_end_of_the_course_is_a_success() {
    let at = workshop!("goes-on-to-the-end");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    drop(existing_tool(&at, &[("01_a", "01_x", true)]));
    at.wr::<&str>([])
        .run()
        .status(0)
        .says("That was the last exercise");
}

#[test]
fn exercises_are_verified_in_order() {
    let at = workshop!("goes-on-in-order");
    course(&at);
    at.wr(["open", "03_y"]).run().status(0);
    assert_eq!(run(&at, &[]).0, ["01_a/02_x tests_fail"]);
}

#[test]
fn flags_work_on_either_side_of_the_verb() {
    let at = workshop!("flags-on-either-side");
    course(&at);
    let before = at
        .wr(["--verbose", "--color=always", "check", "03_y"])
        .run();
    let after = at
        .wr(["check", "03_y", "--verbose", "--color=always"])
        .run();
    for outcome in [before, after] {
        outcome
            .status(0)
            .complains("== running `true`")
            .says("\u{1b}[");
    }
    let before = at.wr(["--format", "json", "list"]).run();
    let after = at.wr(["list", "--format", "json"]).run();
    assert_eq!(before.json(), after.json());
}

#[test]
fn verbose_shows_what_the_tools_print_as_they_print_it() {
    let at = workshop!("verbose-shows-all");
    at.course()
        .command_exercise("01_a/01_x", &[&["echo", "a word from the tool"]]);
    let quiet = at.wr(["check", "01_x"]).run();
    quiet.status(0).never_says("a word from the tool");
    let verbose = at.wr(["check", "01_x", "--verbose"]).run();
    verbose
        .status(0)
        .complains("a word from the tool")
        .says("a word from the tool");
}

/// A terminal obeys sequences that set a title, clear the screen or move the cursor; if a test prints them, they are
/// shown instead.
#[test]
fn verbose_escapes_control_sequences() {
    let at = workshop!("verbose-controls");
    let print = r"\033]0;title\007\033[2J\033[31mred\033[0m";
    at.course()
        .command_exercise("01_a/01_x", &[&["printf", print]]);
    let said = at.wr(["check", "01_x", "--verbose"]).run();
    let all = said.account();
    assert!(!all.contains('\u{1b}') && !all.contains('\u{7}'), "{all:?}");
    said.status(0).complains("red");
}

#[test]
fn statuses_distinguish_success_failure_and_misuse() {
    let at = workshop!("exit-statuses");
    course(&at);
    let check = |args: &[&str], expect: i32| {
        at.wr(args).run().status(expect);
    };
    check(&["check", "03_y"], 0);
    check(&["check", "02_x"], 1);
    check(&["list"], 0);
    check(&["--help"], 0);
    check(&["--version"], 0);
    check(&["explain", "WR0101"], 0);
    check(&["explain", "WR9999"], 2);
    check(&["no-such-verb"], 2);
    check(&["--no-such-flag"], 2);
    check(&["check", "99_nothing"], 2);
    check(&["open", "99_nothing"], 2);
    check(&["check", "03_y", "--time-limit", "-1"], 2);
    check(&["check", "03_y", "--", "-k", "x"], 2);
}

#[test]
fn a_started_exercise_is_the_current_one() {
    let at = workshop!("current-of-old-progress");
    course(&at);
    assert_eq!(
        list(&at),
        [
            "01_a/01_w solved",
            "01_a/02_x opened*",
            "01_a/03_y opened",
            "02_b/01_z closed"
        ]
    );
}
