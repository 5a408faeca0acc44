//! The exact output of `wr`, command by command and outcome by outcome.
//!
//! After an intended change, run `INSTA_UPDATE=always cargo test -p wr --test command_line snapshots` and look at the
//! diff. Anything that differs between machines and runs is in brackets.

use testkit::{Invocation, Workshop, workshop};

/// Compares a run with the snapshot of this name.
#[track_caller]
pub(crate) fn compare(at: &Workshop, name: &str, invocation: Invocation) {
    let outcome = invocation.run();
    // Only slow work shows progress.
    let is_progress = |line: &&str| line.ends_with(" ...");
    let told: Vec<_> = outcome
        .stderr
        .lines()
        .filter(|line| !is_progress(line))
        .collect();
    let text = format!(
        "{}\n--- standard output ---\n{}--- standard error ---\n{}",
        outcome.ending(),
        outcome.stdout,
        told.join("\n")
    );
    let root = regex_of(&at.root().display().to_string());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(&root, "[ROOT]");
    settings.add_filter(r"\d+\.\d\d s\b", "[TIME]");
    settings.add_filter(r#""milliseconds": [\d.e-]+"#, r#""milliseconds": "[TIME]""#);
    // The compiler may change its messages.
    settings.add_filter(
        r"(?s)── what rustc printed ──\n.*?\n\n  (Paths|`wr)",
        "── what rustc printed ──\n  [RUSTC]\n\n  $1",
    );
    settings.add_filter(r"thread '([^']*)' \(\d+\)", "thread '$1' ([ID])");
    settings.add_filter(r"platform .*, pytest-.*", "platform [PLATFORM]");
    settings.add_filter(r"cachedir: .*", "cachedir: [CACHE]");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// A regular expression that matches a string.
fn regex_of(text: &str) -> String {
    let mut regex = String::new();
    for c in text.chars() {
        if !c.is_alphanumeric() && c != '/' && c != '_' {
            regex.push('\\');
        }
        regex.push(c);
    }
    regex
}

/// Two chapters: one exercise solved, one open, one closed.
fn course(at: &Workshop) {
    at.course()
        .command_exercise("01_intro/00_welcome", &[&["true"]])
        .command_exercise("01_intro/01_setup", &[&["false"]])
        .command_exercise("02_more/01_deep", &[&["true"]]);
    let file = "exercises/01_intro/01_setup/.wr.toml";
    at.write(
        file,
        format!(
            "hints = [\"Look **closely**.\", \"Closer.\"]\n{}",
            at.read(file)
        ),
    );
    at.wr(["check", "1/0"]).run().status(0);
    at.wr(["open", "1/1"]).run().status(0);
}

#[test]
fn help_of_every_verb() {
    let at = workshop!("snapshot-help");
    let help = at.wr(["--help"]).run();
    let verbs: Vec<&str> = help
        .stdout
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|verb| *verb != "help")
        .collect();
    assert!(
        verbs.contains(&"check") && verbs.contains(&"open"),
        "{verbs:?}"
    );
    compare(&at, "help", at.wr(["--help"]));
    compare(&at, "help_short", at.wr(["-h"]));
    for verb in verbs {
        compare(&at, &format!("help_{verb}"), at.wr([verb, "--help"]));
    }
}

#[test]
fn wrong_usage() {
    let at = workshop!("snapshot-usage");
    course(&at);
    compare(&at, "usage_no_such_verb", at.wr(["chekc"]));
    compare(
        &at,
        "usage_open_without_exercise",
        at.wr(["open", "--chapter", "1"]),
    );
    compare(
        &at,
        "usage_bad_limit",
        at.wr(["check", "--time-limit", "soon"]),
    );
    compare(&at, "usage_no_such_exercise", at.wr(["open", "1/9"]));
    compare(
        &at,
        "usage_no_such_exercise_json",
        at.wr(["open", "1/9", "--format", "json"]),
    );
}

#[test]
fn listing() {
    let at = workshop!("snapshot-list");
    course(&at);
    compare(&at, "list", at.wr(["list"]));
    compare(&at, "list_json", at.wr(["list", "--format", "json"]));
    compare(&at, "list_colour", at.wr(["list", "--color", "always"]));
}

/// A course that doesn't fit a screen shows the current chapter; the others are a line each.
#[test]
fn listing_a_long_course() {
    let at = workshop!("snapshot-list-long");
    course(&at);
    for chapter in ["03_long", "04_longer"] {
        for number in 0..10 {
            let exercise = format!("exercises/{chapter}/{number:02}_part");
            at.write(
                format!("{exercise}/tests/test_it.py"),
                "def test_it(): ...\n",
            );
        }
    }
    compare(&at, "list_long", at.wr(["list"]));
    compare(&at, "list_long_all", at.wr(["list", "--all"]));
    compare(&at, "list_long_chapters", at.wr(["list", "2", "04_longer"]));
    compare(&at, "list_no_such_chapter", at.wr(["list", "9"]));
}

#[test]
fn opening() {
    let at = workshop!("snapshot-open");
    course(&at);
    at.write("book/src/02_more/01_deep.md", "# Deep\n");
    compare(&at, "open", at.wr(["open", "2/1"]));
    // Once the book is built, its HTML page is shown, until the source changes.
    at.write("book/book/02_more/01_deep.html", "<h1>Deep</h1>\n");
    let opened = |page: &str| {
        at.wr(["open", "2/1"]).run().status(0).says(page);
    };
    opened("read   book/book/02_more/01_deep.html");
    let page = std::fs::File::open(at.path("book/book/02_more/01_deep.html")).unwrap();
    page.set_modified(std::time::UNIX_EPOCH).unwrap();
    opened("read   book/src/02_more/01_deep.md");
    compare(&at, "open_json", at.wr(["open", "1/1", "--format", "json"]));
}

#[test]
fn hints() {
    let at = workshop!("snapshot-hint");
    course(&at);
    compare(&at, "hint", at.wr(["hint"]));
    compare(&at, "hint_next", at.wr(["hint"]));
    compare(&at, "hint_again", at.wr(["hint"]));
    compare(&at, "hint_last", at.wr(["hint", "2"]));
    compare(&at, "hint_beyond", at.wr(["hint", "3"]));
    compare(&at, "hint_json", at.wr(["hint", "--format", "json"]));
}

#[test]
fn explanations() {
    let at = workshop!("snapshot-explain");
    compare(&at, "explain", at.wr(["explain"]));
    compare(&at, "explain_one", at.wr(["explain", "WR0101"]));
    compare(
        &at,
        "explain_one_json",
        at.wr(["explain", "WR0101", "--format", "json"]),
    );
    compare(&at, "explain_no_code", at.wr(["explain", "E0308"]));
}

#[test]
fn going_on() {
    let at = workshop!("snapshot-go-on");
    at.course()
        .command_exercise("01_intro/00_welcome", &[&["true"]])
        .command_exercise("01_intro/01_setup", &[&["false"]]);
    compare(&at, "go_on_first_time", at.wr::<&str>([]));
    at.wr(["open", "1/0"]).run().status(0);
    compare(&at, "go_on_solved", at.wr::<&str>([]));
    at.wr(["open", "1/1"]).run().status(0);
    compare(&at, "go_on_not_solved", at.wr::<&str>([]));
    compare(&at, "go_on_json", at.wr(["--format", "json"]));
    at.command_exercise("01_intro/01_setup", &[&["true"]]);
    at.wr(["check", "1/1"]).run().status(0);
    compare(&at, "go_on_finished", at.wr::<&str>([]));
}

#[test]
fn verdicts_in_rust() {
    let at = workshop!("snapshot-rust");
    let test = "assert_eq!(crate::two(), 2);";
    let check = |name: &str, two: &str| {
        at.course().rust_exercise_with("01_a/01_x", test, two);
        compare(&at, &format!("check_{name}"), at.wr(["check", "01_x"]));
        at.wr(["check", "01_x", "--format", "json"])
    };
    check("solved", "2");
    check("unfinished", "todo!()");
    check("panic", "panic!(\"out of order\")");
    check("does_not_compile", "\"two\"");
    let json = check("tests_fail", "3");
    compare(&at, "check_tests_fail_json", json);
}

#[test]
fn verdicts_in_python() {
    let at = workshop!("snapshot-python");
    let check = |name: &str, tests: &str| {
        let id = format!("01_snap/01_{name}");
        at.course().python_exercise(&id, tests);
        compare(&at, &format!("check_python_{name}"), at.wr(["check", &*id]));
    };
    check("solved", "def test_a():\n    pass\n");
    check(
        "fails",
        "def two():\n    return 3\n\n\ndef test_a():\n    assert two() == 2\n",
    );
    check("ends", "import os\n\n\ndef test_a():\n    os._exit(0)\n");
}

#[test]
fn verdicts_of_commands() {
    let at = workshop!("snapshot-commands");
    let check = |name: &str, command: &[&str]| {
        at.course().command_exercise("01_a/01_x", &[command]);
        compare(
            &at,
            &format!("check_command_{name}"),
            at.wr(["check", "01_x", "--time-limit", "0.5"]),
        );
    };
    check("fails", &["false"]);
    check("is_missing", &["no-such-tool"]);
    check("never_ends", &["sleep", "600"]);
}

#[test]
fn trouble_with_the_course() {
    let at = workshop!("snapshot-trouble");
    course(&at);
    at.write(".wr.toml", "skip_build = 1\n");
    compare(&at, "trouble_broken_config", at.wr(["list"]));
    at.write(".wr.toml", "");
    at.rename(
        "exercises/01_intro/00_welcome",
        "exercises/01_intro/00_hello",
    );
    compare(&at, "trouble_vanished", at.wr(["list"]));
    at.write(
        "exercises/progress.db",
        "not a database, though long enough to be taken for one at first sight",
    );
    compare(&at, "trouble_damaged", at.wr(["list"]));
}
