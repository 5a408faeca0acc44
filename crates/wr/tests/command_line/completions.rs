//! Completion in a real shell, and manual pages.

use std::path::Path;

use testkit::workshop;

#[cfg(unix)]
#[test]
fn tab_completes_verbs_flags_and_the_courses_exercises_in_bash() {
    let at = workshop!("completions-bash");
    at.course().rust_exercise("01_intro/01_setup");
    at.rust_exercise("01_intro/02_modules");
    at.rust_exercise("02_classes/01_methods");
    at.write("inputrc", "set enable-bracketed-paste off\n");
    let bin = at.program().parent().unwrap().to_owned();
    let mut terminal = at
        .wr(["--norc", "--noprofile", "-i"])
        .program(Path::new("bash"))
        .path_first(&bin)
        .env("PS1", "ready> ")
        .env("INPUTRC", at.path("inputrc"))
        .on_terminal();
    terminal.expect("ready> ");
    terminal.press("source <(wr completions bash)\r");
    terminal.expect("ready> ");
    // The shell is in a directory of the course, and each line is then thrown away.
    terminal
        .press("cd exercises; echo changed\r")
        .expect("\nchanged");
    terminal.expect("ready> ");
    for (typed, completed) in [
        ("wr che", "wr check "),
        ("wr open 02_c", "wr open 02_classes/01_methods "),
        ("wr check 02_m", "wr check 02_modules "),
        ("wr list 01", "wr list 01_intro "),
        ("wr reset --und", "wr reset --undo "),
        ("wr explain wr0101", "wr explain WR0101 "),
        ("wr --format js", "wr --format json "),
    ] {
        terminal.press(typed).press("\t");
        // What was typed may be echoed in pieces, so the end of the completed line is what counts.
        let end = completed.trim_end().rsplit([' ', '_', '-']).next().unwrap();
        terminal.expect(end);
        terminal.press("\u{1}echo \"<\u{5}>\"\r");
        terminal.expect(&format!("\n<{completed}>"));
        terminal.expect("ready> ");
    }
    terminal.press("exit 0\r");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn every_shell_gets_a_script_and_asking_needs_no_course() {
    let at = workshop!("completions-scripts");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = at.wr(["completions", shell]).run();
        script.status(0).says("WR_COMPLETE");
    }
    at.wr(["completions", "tcsh"])
        .run()
        .status(2)
        .complains("possible values: bash, elvish, fish, powershell, zsh");
    at.wr(["--", "wr", "open", ""])
        .env("WR_COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", "2")
        .run()
        .status(0);
    let help = at.wr(["completions", "--help"]).run();
    help.status(0)
        .says("~/.config/fish/completions/wr.fish")
        .never_says("--python");
}

#[test]
fn the_manual_is_well_formed_and_says_what_the_help_says() {
    let at = workshop!("manual");
    at.wr(["man", "--write", "man1"]).run().status(0);
    let mut count = 0;
    for entry in at.path("man1").read_dir().unwrap().flatten() {
        let page = at.read(entry.path());
        assert!(page.contains(".TH "), "{page}");
        // Anything else has to be escaped for roff.
        assert!(page.is_ascii(), "{page}");
        count += 1;
    }
    assert!(count >= 20, "{count}");
    let page = at.wr(["man", "check"]).run();
    page.status(0).says(".SH EXAMPLES");
    assert_eq!(page.stdout, at.read("man1/wr-check.1"));
    at.wr(["man", "author", "new"])
        .run()
        .status(0)
        .says("wr author new 04_data parsing");
    at.wr(["man", "chekc"])
        .run()
        .fails("there is no command `wr chekc`", "wr --help");
    // Without a program `man`, the terminal gets advice instead of the source.
    at.folder("empty");
    let mut terminal = at
        .wr(["man", "check"])
        .path([at.path("empty")])
        .on_terminal();
    terminal.expect("`man` cannot be started").expect("--help");
    assert_eq!(terminal.end().0, 2);
}
