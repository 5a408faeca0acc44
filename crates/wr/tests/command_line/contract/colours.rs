//! Colours: on a terminal, unless the user says otherwise.

use testkit::{Invocation, Workshop, workshop};

const ESCAPE: char = '\u{1b}';

fn course(at: &Workshop) -> Invocation {
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    at.wr(["list"])
}

#[test]
fn a_pipe_gets_none_unless_requested() {
    let at = workshop!("colours-pipe");
    let list = course(&at);
    let is_coloured = |outcome: testkit::Outcome| outcome.stdout.contains(ESCAPE);
    assert!(!is_coloured(list.clone().run()));
    assert!(is_coloured(list.env("CLICOLOR_FORCE", "1").run()));
    assert!(is_coloured(at.wr(["list", "--color", "always"]).run()));
    let never = at
        .wr(["list", "--color", "never"])
        .env("CLICOLOR_FORCE", "1");
    assert!(!is_coloured(never.run()));
    let json = at
        .wr(["list", "--format", "json"])
        .env("CLICOLOR_FORCE", "1");
    assert!(!is_coloured(json.run()));
}

#[test]
fn errors_follow_the_same_rule() {
    let at = workshop!("colours-errors");
    course(&at);
    let open = at.wr(["open", "99_x"]);
    assert!(!open.clone().run().stderr.contains(ESCAPE));
    assert!(
        open.env("CLICOLOR_FORCE", "1")
            .run()
            .stderr
            .contains(ESCAPE)
    );
}

#[cfg(unix)]
#[test]
fn a_terminal_gets_them_unless_disabled() {
    let at = workshop!("colours-terminal");
    let list = course(&at);
    let is_coloured = |invocation: Invocation| {
        let (status, screen) = invocation.on_terminal().end();
        assert!(status == 0 && screen.contains("01_x"), "{screen}");
        screen.contains("\u{1b}[1m")
    };
    assert!(is_coloured(list.clone()));
    assert!(!is_coloured(list.clone().env("NO_COLOR", "1")));
    // An empty value has no effect (no-color.org).
    assert!(is_coloured(list.clone().env("NO_COLOR", "")));
    assert!(!is_coloured(at.wr(["list", "--color=never"])));
    assert!(is_coloured(
        at.wr(["list", "--color=always"]).env("NO_COLOR", "1")
    ));
}
