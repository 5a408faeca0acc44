//! The screen as it's drawn, without a terminal. Real terminals are tried in `tests/command_line/watch/screen.rs`.

mod seat;

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use diagnostic::Evidence;
use engine::{Outcome, RawOutput, Status, Step, Test};

use self::seat::{Seat, does_not_build, fails, rule, solved, test, verdict};
use crate::error::CommandError;
use crate::hints::{Hint, HintNumber};
use crate::solution::Solution;
use crate::watch::ask::Ask;
use crate::watch::event::{Ended, Event, Moved, Watched};

#[test]
fn the_first_start_shows_what_is_being_prepared() {
    let mut seat = Seat::in_course();
    seat.starts(1);
    let step = |step, detail: &str| engine::Event::Step {
        step,
        detail: detail.to_owned(),
    };
    seat.reports(
        1,
        step(Step::Environment, "creating the virtual environment"),
        0,
    );
    seat.reports(1, step(Step::Build, "building `modules`"), 1500);
    let package = "pyo3 v0.30.0".to_owned();
    seat.reports(1, engine::Event::Compiling { package }, 2500);
    insta::assert_snapshot!(seat.shows_after(80, 14, Duration::from_secs(4)));
}

#[test]
fn a_compile_error_is_shown_with_the_code_around_it() {
    let mut seat = Seat::in_course();
    seat.judged(1, does_not_build());
    insta::assert_snapshot!(seat.shows(80, 24));
}

#[test]
fn a_failed_test_shows_both_values() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    insta::assert_snapshot!(seat.shows(80, 20));
}

#[test]
fn a_wide_terminal_has_a_second_column() {
    let mut seat = Seat::in_course();
    seat.judged(1, does_not_build());
    seat.judged(2, fails());
    insta::assert_snapshot!(seat.shows(140, 30));
}

#[test]
fn a_solved_exercise_says_what_comes_next() {
    let mut seat = Seat::in_course();
    seat.judged(1, solved());
    insta::assert_snapshot!(seat.shows(80, 14));
}

#[test]
fn the_smallest_terminals_are_served() {
    let mut seat = Seat::in_course();
    seat.judged(1, does_not_build());
    insta::assert_snapshot!(seat.shows(60, 15));
    insta::assert_snapshot!(seat.shows(30, 6));
    // Nothing fits, and nothing breaks.
    for (width, height) in [(1, 1), (3, 40), (300, 2), (40, 10)] {
        seat.shows(width, height);
    }
}

#[test]
fn the_list_shows_the_course_and_takes_a_filter() {
    let mut seat = Seat::in_course();
    seat.judged(1, solved());
    seat.types("l");
    insta::assert_snapshot!(seat.shows(80, 18));
    seat.types("/PYCL");
    let shown = seat.shows(80, 18);
    assert!(
        shown.contains("00_pyclass") && !shown.contains("01_setup"),
        "{shown}"
    );
    // The first Enter ends typing.
    assert_eq!(seat.press(KeyCode::Enter), None);
    assert_eq!(
        seat.press(KeyCode::Enter),
        Some(Ask::Open("02_classes/00_pyclass".parse().unwrap()))
    );
}

#[test]
fn hints_come_one_at_a_time() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    assert_eq!(seat.types("h"), Some(Ask::Hint));
    let hint = |number: usize, text: &str| {
        Event::Hint(Hint {
            text: text.to_owned(),
            place: HintNumber {
                number,
                of: 2,
                begins_again: false,
            },
        })
    };
    seat.happens(&hint(1, "Look at `prices`."));
    insta::assert_snapshot!(seat.shows(80, 14));
    seat.press(KeyCode::Esc);
    // Seen hints are shown again before another is asked for.
    assert_eq!(seat.types("h"), None);
    assert_eq!(seat.types("h"), Some(Ask::Hint));
    seat.happens(&hint(2, "It returns zero."));
    assert_eq!(seat.types("h"), None);
    let shown = seat.shows(80, 20);
    assert!(shown.contains("That was the last hint."), "{shown}");
    assert!(
        shown.contains("Hint 1 of 2") && shown.contains("Hint 2 of 2"),
        "{shown}"
    );
}

#[test]
fn going_on_and_the_solution_need_a_second_press_before_it_is_solved() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    assert_eq!(seat.types("n"), Some(Ask::Next { anyway: false }));
    seat.happens(&Event::NotSolvedYet);
    assert!(seat.shows(80, 20).contains("Press n again"));
    assert_eq!(seat.types("n"), Some(Ask::Next { anyway: true }));
    // Another key in between forgets it.
    assert_eq!(seat.types("s"), Some(Ask::Solution { anyway: false }));
    assert_eq!(seat.types("j"), None);
    assert_eq!(seat.types("s"), Some(Ask::Solution { anyway: false }));
    assert_eq!(seat.types("s"), Some(Ask::Solution { anyway: true }));
    let solution = Solution {
        differences: Vec::new(),
        why: Some("It's **short**.".to_owned()),
    };
    seat.happens(&Event::Solution(solution));
    assert!(seat.shows(80, 20).contains("It's short."));
    // A save ends it.
    seat.judged(2, fails());
    assert!(!seat.shows(80, 20).contains("It's short."));
}

#[test]
fn original_files_are_restored_only_on_a_second_press_and_can_be_undone() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    assert_eq!(seat.types("u"), None);
    assert_eq!(seat.types("x"), None);
    assert!(seat.shows(80, 20).contains("Press x again"));
    assert_eq!(seat.types("x"), Some(Ask::Reset));
    seat.happens(&Event::Restored {
        is_undo: false,
        has_changed: true,
    });
    assert!(seat.shows(80, 20).contains("Press u to undo"));
    assert_eq!(seat.types("u"), Some(Ask::Undo));
    seat.happens(&Event::Restored {
        is_undo: true,
        has_changed: true,
    });
    assert!(seat.shows(80, 20).contains("Your files are back."));
    assert_eq!(seat.types("u"), None);
}

#[test]
fn the_output_is_folded_until_asked_for() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    seat.types("v");
    let shown = seat.shows(80, 20);
    assert!(
        shown.contains("line 2") && shown.contains("88 more lines"),
        "{shown}"
    );
    seat.types("v");
    seat.shows(80, 20);
    seat.press(KeyCode::End);
    seat.shows(80, 20);
    let shown = seat.shows(80, 20);
    assert!(
        shown.contains("line 90") && shown.contains("end"),
        "{shown}"
    );
    seat.press(KeyCode::Up);
    assert!(!seat.shows(80, 20).contains(" end"));
}

#[test]
fn a_search_goes_from_match_to_match() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    seat.types("vv");
    seat.shows(80, 20);
    seat.types("/line 5");
    seat.shows(80, 20);
    seat.press(KeyCode::Enter);
    let shown = seat.shows(80, 20);
    assert!(shown.contains("line 5: 11 found"), "{shown}");
    seat.types("n");
    seat.types("n");
    let shown = seat.shows(80, 20);
    assert!(shown.contains("line 50"), "{shown}");
    seat.press(KeyCode::Esc);
    // Without a search, n is the next exercise again.
    assert_eq!(seat.types("n"), Some(Ask::Next { anyway: false }));
}

#[test]
fn the_place_is_kept_while_the_same_thing_is_wrong() {
    let mut seat = Seat::in_course();
    seat.judged(1, does_not_build());
    seat.shows(80, 12);
    seat.press(KeyCode::Tab);
    let before = seat.shows(80, 12);
    assert!(before.contains("5 │     parse(line)"), "{before}");
    seat.judged(2, does_not_build());
    assert_eq!(seat.shows(80, 12), before);
    seat.judged(3, fails());
    let after = seat.shows(80, 12);
    assert!(
        after.contains("▾ tests/test_prices.py::test_prices failed"),
        "{after}"
    );
}

#[test]
fn a_resized_screen_keeps_the_finding_at_the_top() {
    let mut seat = Seat::in_course();
    seat.judged(1, does_not_build());
    seat.types("a");
    seat.shows(120, 12);
    seat.press(KeyCode::Tab);
    seat.shows(120, 12);
    let place = seat.reader.place();
    assert_eq!(place.map(|(finding, _)| finding), Some(1));
    seat.shows(45, 12);
    seat.reader.go_to(place);
    let shown = seat.shows(45, 12);
    assert!(shown.contains("▾ cannot find function"), "{shown}");
}

#[test]
fn the_old_verdict_stays_until_the_new_one_comes() {
    let mut seat = Seat::in_course();
    seat.judged(1, does_not_build());
    seat.starts(2);
    let shown = seat.shows_after(80, 24, Duration::from_secs(2));
    assert!(shown.contains("last: ✗ does not build"), "{shown}");
    assert!(shown.contains("`Reading` cannot be converted"), "{shown}");
    seat.happens(&Event::Cancelled { generation: 2 });
    let shown = seat.shows(80, 24);
    assert!(shown.contains("saved again, starting over"), "{shown}");
}

#[test]
fn a_broken_manifest_is_shown_until_it_is_fixed() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    seat.starts(2);
    let error = CommandError::new("Cargo.toml: expected `=` at line 3").help("fix the manifest");
    seat.happens(&Event::Ended {
        generation: 2,
        result: Ended::Failed(error),
        at: SystemTime::UNIX_EPOCH,
    });
    let shown = seat.shows(80, 16);
    assert!(shown.contains("expected `=` at line 3"), "{shown}");
    assert!(shown.contains("fix the manifest"), "{shown}");
    seat.judged(3, fails());
    assert!(!seat.shows(80, 16).contains("expected `=`"));
}

#[test]
fn a_project_lists_thousands_of_tests_with_the_failures_first() {
    let mut seat = Seat::at(Watched::Project);
    let mut tests: Vec<Test> = (0..3000)
        .map(|number| test(&format!("tests/test_a.py::test_{number}"), Outcome::Passed))
        .collect();
    tests[2500].outcome = Outcome::Failed;
    seat.judged(1, verdict(Status::TestsFail, fails().diagnostics, tests));
    seat.types("t");
    let shown = seat.shows(80, 20);
    assert!(shown.contains("✗ tests/test_a.py::test_2500"), "{shown}");
    assert!(shown.contains("✓ tests/test_a.py::test_0"), "{shown}");
    seat.types("f");
    assert!(!seat.shows(80, 20).contains("✓ tests"));
    seat.types("f/_299");
    let shown = seat.shows(80, 20);
    assert!(
        shown.contains("test_2999") && !shown.contains("test_0"),
        "{shown}"
    );
    // Keys of a course do nothing here.
    seat.press(KeyCode::Esc);
    for key in ["n", "p", "h", "s", "l"] {
        assert_eq!(seat.types(key), None);
    }
    assert_eq!(seat.types("q"), Some(Ask::Quit));
}

#[test]
fn failures_are_listed_while_the_tests_run() {
    let mut seat = Seat::at(Watched::Project);
    seat.starts(1);
    seat.reports(1, engine::Event::Collected { count: 2000 }, 100);
    for (name, outcome) in [("a", Outcome::Passed), ("b", Outcome::Failed)] {
        let id = format!("tests/test_x.py::test_{name}");
        seat.reports(1, engine::Event::Tested(test(&id, outcome)), 200);
    }
    seat.types("t");
    let shown = seat.shows(80, 20);
    assert!(shown.contains("testing: 2 of 2000, 1 failed"), "{shown}");
    assert!(shown.contains("✗ tests/test_x.py::test_b"), "{shown}");
}

#[test]
fn a_long_notice_is_shown_as_a_whole() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    seat.happens(&Event::SolutionWithheld);
    let shown = seat.shows(60, 15);
    assert!(
        shown.contains("Press s again") && shown.contains("remembers that."),
        "{shown}"
    );
}

#[test]
fn hints_make_room_for_a_solved_exercise() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    seat.types("h");
    seat.judged(2, solved());
    let shown = seat.shows(80, 14);
    assert!(
        shown.contains("The test passes.") && shown.contains("n next"),
        "{shown}"
    );
    // Nothing failed, and the page of tests says so.
    seat.types("tf");
    assert!(seat.shows(80, 14).contains("No test failed."));
}

#[test]
fn it_says_what_to_read_and_what_to_edit() {
    let mut seat = Seat::in_course();
    seat.reader.model.whereabouts = Some((Some("book/x.md".to_owned()), "exercises/x".to_owned()));
    seat.judged(1, fails());
    let shown = seat.shows(80, 24);
    assert!(
        shown.contains("read  book/x.md, or press b") && shown.contains("edit  exercises/x"),
        "{shown}"
    );
}

#[test]
fn e_explains_the_selected_finding() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    seat.types("e");
    let shown = seat.shows(80, 30);
    assert!(
        shown.contains("WR0353 test-failed") && shown.contains("What to do"),
        "{shown}"
    );
    let mut fine = Seat::in_course();
    fine.judged(1, solved());
    fine.types("e");
    assert!(fine.shows(80, 20).contains("There is nothing to explain."));
}

#[test]
fn o_opens_the_place_of_the_selected_finding() {
    let mut seat = Seat::in_course();
    seat.judged(1, does_not_build());
    let line = |ask: Option<Ask>| match ask {
        Some(Ask::Edit(place)) => place.line,
        other => panic!("{other:?}"),
    };
    assert_eq!(line(seat.types("o")), Some(4));
    seat.press(KeyCode::Tab);
    assert_eq!(line(seat.types("o")), Some(5));
}

#[test]
fn places_are_links() {
    let mut seat = Seat::in_course();
    seat.judged(1, does_not_build());
    let buffer = seat.drawn(80, 24, Duration::ZERO);
    let linked: String = buffer
        .content()
        .iter()
        .filter(|cell| cell.symbol().contains("\u{1b}]8;;file://"))
        .map(|cell| anstream::adapter::strip_str(cell.symbol()).to_string())
        .collect();
    assert_eq!(linked, "src/lib.rs:4:27src/lib.rs:5:5");
}

#[test]
fn names_from_others_control_nothing() {
    let mut seat = Seat::at(Watched::Project);
    let evil = "test_\u{1b}[2J\u{7}\nforged\u{202e}";
    let finding = rule("WR0353")
        .finding(format!("{evil} failed"))
        .because(Evidence::output("test", evil));
    let mut found = verdict(
        Status::TestsFail,
        vec![finding],
        vec![test(evil, Outcome::Failed)],
    );
    found.output.push(RawOutput {
        from: "tests".to_owned(),
        text: evil.to_owned(),
        excerpt: None,
        ends_with_cause: false,
    });
    seat.judged(1, found);
    for keys in ["", "t", "v", "e", "?"] {
        seat.types(keys);
        let buffer = seat.drawn(140, 30, Duration::ZERO);
        for cell in buffer.content() {
            let is_ours = cell.symbol().starts_with("\u{1b}]8;;file://");
            assert!(
                is_ours || !cell.symbol().chars().any(char::is_control),
                "{:?} on {keys:?}",
                cell.symbol()
            );
        }
    }
}

#[test]
fn keys_with_alt_or_control_are_other_keys() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    for modifier in [KeyModifiers::ALT, KeyModifiers::CONTROL] {
        let key = KeyEvent::new(KeyCode::Char('q'), modifier);
        let drawn = seat.reader.drawn.clone();
        assert_eq!(seat.reader.model.press(key, &seat.state, &drawn), None);
    }
}

#[test]
fn another_exercise_begins_with_its_own_page() {
    let mut seat = Seat::in_course();
    seat.judged(1, fails());
    seat.types("l");
    seat.happens(&Event::Moved {
        root: PathBuf::from(Path::new("/c")),
        subject: Watched::Exercise {
            id: "02_classes/00_pyclass".parse().unwrap(),
            hints_seen: Vec::new(),
            hints: 0,
        },
        reason: Moved::Asked,
    });
    let shown = seat.shows(80, 14);
    assert!(
        shown.starts_with(" 02_classes/00_pyclass") && !shown.contains("test_prices"),
        "{shown}"
    );
}
