//! What `--fix` mends, and what it leaves alone.

use testkit::{Invocation, Workshop, workshop};

fn doctor(at: &Workshop, flags: &[&str]) -> Invocation {
    let args = ["doctor"].iter().chain(flags).copied();
    at.wr(args.collect::<Vec<_>>())
        .own_state()
        .env("CARGO_NET_OFFLINE", "true")
        .env("UV_OFFLINE", "1")
        .env("PIP_NO_INDEX", "1")
}

fn course(at: &Workshop) {
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n");
}

/// The only directory below this one.
fn only_in(at: &Workshop, dir: &str) -> String {
    let mut found: Vec<_> = std::fs::read_dir(at.path(dir))
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    format!("{dir}/{}", found.remove(0))
}

#[test]
fn an_environment_that_was_never_completed_is_removed() {
    let at = workshop!("doctor-half-made");
    course(&at);
    at.write(".wr/venv/3.11/pyvenv.cfg", "home = /usr/bin\n");
    doctor(&at, &[])
        .run()
        .status(0)
        .says("was never completed")
        .says("WR0411")
        .says("--fix");
    doctor(&at, &["--fix"])
        .run()
        .status(0)
        .says("removed")
        .says("nothing is wrong");
    assert!(!at.path(".wr/venv/3.11").exists());
}

#[test]
fn what_was_remembered_and_cannot_be_read_is_removed() {
    let at = workshop!("doctor-unreadable");
    course(&at);
    at.write(".wr/run/01_a/01_x/verdict.json", "{\"key\": \"torn o");
    doctor(&at, &["--fix"]).run().status(0).says("removed");
    assert!(!at.path(".wr/run/01_a/01_x/verdict.json").exists());
    assert!(at.path("exercises/01_a/01_x/test_it.py").exists());
}

#[test]
fn a_moved_course_gets_its_environment_anew() {
    let at = workshop!("doctor-moved");
    at.folder("before");
    for (file, text) in [
        ("before/.wr.toml", ""),
        (
            "before/exercises/01_a/01_x/test_it.py",
            "def test_a():\n    pass\n",
        ),
    ] {
        at.write(file, text);
    }
    at.folder("before/.git");
    at.wr(["check", "01_x"])
        .own_state()
        .at("before")
        .run()
        .status(0);
    at.rename("before", "after");
    let online = |flags: &[&str]| {
        let args = ["doctor"].iter().chain(flags).copied();
        at.wr(args.collect::<Vec<_>>()).own_state().at("after")
    };
    let look = || doctor(&at, &[]).at("after");
    look()
        .run()
        .status(0)
        .says("was moved")
        .says("before/.wr/venv");
    online(&["--fix"])
        .run()
        .status(0)
        .says("anew")
        .never_says("was moved");
    let environment = only_in(&at, "after/.wr/venv");
    let script = at.read(format!("{environment}/bin/activate"));
    assert!(script.contains("doctor-moved/after/.wr/venv"), "{script}");

    // The interpreter is taken away, as an uninstallation does.
    at.remove(format!("{environment}/bin/python"));
    look()
        .run()
        .status(1)
        .says("has lost its interpreter")
        .says("WR0411");
    online(&["--fix"]).run().status(0).says("anew");
    at.wr(["check", "01_x", "--recheck"])
        .own_state()
        .at("after")
        .run()
        .status(0);
}
