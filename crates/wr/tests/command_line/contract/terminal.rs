//! The offer to open the next exercise, which only a person at a terminal gets.
#![cfg(unix)]

use testkit::{Terminal, Workshop, workshop};

use crate::states::{existing_tool, list};

fn offered(at: &Workshop) -> Terminal {
    at.course()
        .command_exercise("01_a/01_x", &[&["true"]])
        .command_exercise("01_a/02_y", &[&["false"]]);
    drop(existing_tool(at, &[("01_a", "01_x", false)]));
    let mut terminal = at.wr::<&str>([]).on_terminal();
    terminal
        .expect("01_a/01_x")
        .expect("solved")
        .expect("Open 01_a/02_y? [Y/n]");
    terminal
}

const DECLINED: [&str; 2] = ["01_a/01_x solved*", "01_a/02_y closed"];

#[test]
fn a_yes_opens_it() {
    let at = workshop!("offer-accepted");
    let mut terminal = offered(&at);
    terminal
        .press("y\n")
        .expect("01_a/02_y")
        .expect("is open")
        .expect("edit");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(list(&at), ["01_a/01_x solved", "01_a/02_y opened*"]);
    // Nothing further is offered until this one is solved.
    let (status, screen) = at.wr::<&str>([]).on_terminal().end();
    assert_eq!(status, 1, "{screen}");
    assert!(!screen.contains("[Y/n]"), "{screen}");
}

#[test]
fn enter_means_yes() {
    let at = workshop!("offer-enter");
    let mut terminal = offered(&at);
    terminal.press("\n").expect("is open");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_no_is_not_a_failure() {
    let at = workshop!("offer-declined");
    let mut terminal = offered(&at);
    terminal.press("n\n");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(list(&at), DECLINED);
}

#[test]
fn the_end_of_input_is_a_no() {
    let at = workshop!("offer-end-of-input");
    let mut terminal = offered(&at);
    terminal.press("\u{4}");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(list(&at), DECLINED);
}

#[test]
fn it_does_not_ask_forever() {
    let at = workshop!("offer-not-understood");
    let mut terminal = offered(&at);
    for _ in 0..3 {
        terminal.press("maybe\n").expect("Please answer y or n.");
    }
    assert_eq!(terminal.end().0, 0);
    assert_eq!(list(&at), DECLINED);
}

#[test]
fn ctrl_c_at_the_prompt_ends_at_once() {
    let at = workshop!("offer-ctrl-c");
    let mut terminal = offered(&at);
    terminal.press("\u{3}");
    assert_eq!(terminal.end().0, 130);
    assert_eq!(list(&at), DECLINED);
}

#[test]
fn there_is_no_prompt_if_only_the_input_is_a_terminal() {
    let at = workshop!("offer-json");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    let (status, screen) = at.wr(["--format", "json"]).on_terminal().end();
    assert_eq!(status, 0, "{screen}");
    assert!(!screen.contains("[Y/n]"), "{screen}");
}

#[test]
fn the_first_question_does_not_wait_for_the_set_up() {
    let at = workshop!("offer-first");
    at.course()
        .python_exercise("01_offerfirst/01_x", "def test_a(): ...\n");
    for (answer, is_opened) in [("n\n", false), ("y\n", true)] {
        let mut terminal = at.wr::<&str>([]).own_state().on_terminal();
        terminal
            .expect("Welcome!")
            .expect("In the background")
            .expect("Open 01_offerfirst/01_x? [Y/n]");
        terminal.press(answer);
        let (status, screen) = terminal.end();
        assert_eq!(status, 0, "{screen}");
        assert_eq!(screen.contains("is open"), is_opened, "{screen}");
    }
}
