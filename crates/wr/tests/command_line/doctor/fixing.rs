//! What `--fix` repairs, and what it leaves alone.

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

/// The only directory in this one.
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
fn unreadable_remembered_verdicts_are_removed() {
    let at = workshop!("doctor-unreadable");
    course(&at);
    at.write(".wr/run/01_a/01_x/verdict.json", "{\"key\": \"torn o");
    doctor(&at, &["--fix"]).run().status(0).says("removed");
    assert!(!at.path(".wr/run/01_a/01_x/verdict.json").exists());
    assert!(at.path("exercises/01_a/01_x/test_it.py").exists());
}

#[test]
fn a_moved_course_gets_a_new_environment() {
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
        .says("recreated")
        .never_says("was moved");
    let environment = only_in(&at, "after/.wr/venv");
    let script = at.read(format!("{environment}/bin/activate"));
    assert!(script.contains("doctor-moved/after/.wr/venv"), "{script}");

    // The interpreter is removed, as an uninstallation does.
    at.remove(format!("{environment}/bin/python"));
    look()
        .run()
        .status(1)
        .says("has lost its interpreter")
        .says("WR0411");
    online(&["--fix"]).run().status(0).says("recreated");
    at.wr(["check", "01_x", "--recheck"])
        .own_state()
        .at("after")
        .run()
        .status(0);
}

/// Makes the environment look as if its interpreter had been replaced.
fn replace_interpreter(at: &Workshop, environment: &str) {
    let stamp = format!("{environment}/wr-ready.json");
    let mut noted: serde_json::Value = serde_json::from_str(&at.read(&stamp)).unwrap();
    noted["program"]["modified"] = 1.into();
    at.write(&stamp, noted.to_string());
}

#[test]
fn a_failed_repair_keeps_what_was_there() {
    let at = workshop!("doctor-kept");
    course(&at);
    at.wr(["check", "01_x"]).own_state().run().status(0);
    let environment = only_in(&at, ".wr/venv");
    let works = || {
        let pytest = at.path(&environment).join("bin/pytest");
        let ran = std::process::Command::new(pytest).arg("--version").output();
        assert!(ran.unwrap().status.success());
    };

    // Without an index, no other can be created, so the existing one stays.
    replace_interpreter(&at, &environment);
    doctor(&at, &["--fix"])
        .run()
        .status(1)
        .says("was left unchanged")
        .says("was created from an interpreter that has since been replaced");
    works();
    assert_eq!(only_in(&at, ".wr/venv"), environment);

    // If another wr is about to complete one, the doctor waits for it. This test plays the other wr.
    let stamp = format!("{environment}/wr-ready.json");
    at.rename(&stamp, "stamp");
    let other = std::fs::File::open(at.path(".wr/venv/lock")).unwrap();
    other.lock().unwrap();
    let mut running = doctor(&at, &["--fix"]).start();
    running.complained("waiting for another wr");
    at.rename("stamp", &stamp);
    other.unlock().unwrap();
    running.wait().says("is already fine");
    works();

    // With an index, it's recreated for its original interpreter, whatever else was requested.
    let outcome = at
        .wr(["doctor", "--fix", "--python", "/nowhere/python3"])
        .own_state()
        .run();
    outcome.says("recreated").never_says("has been replaced");
    works();
    assert_eq!(only_in(&at, ".wr/venv"), environment);
}

#[test]
fn a_copied_environment_counts_as_moved() {
    let at = workshop!("doctor-copied");
    at.folder("one/.git").write("one/.wr.toml", "").write(
        "one/exercises/01_a/01_x/test_it.py",
        "def test_a():\n    pass\n",
    );
    at.wr(["check", "01_x"])
        .own_state()
        .at("one")
        .run()
        .status(0);
    // With all its times, as backups do.
    let copied = std::process::Command::new("cp")
        .args(["-a", "one", "two"])
        .current_dir(at.root())
        .status();
    assert!(copied.unwrap().success());
    doctor(&at, &[])
        .at("two")
        .run()
        .says("was moved")
        .says("one/.wr/venv");
    doctor(&at, &[]).at("one").run().never_says("was moved");
    // Through a link, it's the same directory under another name.
    std::os::unix::fs::symlink(at.path("one"), at.path("link")).unwrap();
    let through = at.path("link/.wr");
    doctor(&at, &[])
        .at("one")
        .env("WR_STATE_DIR", through)
        .run()
        .never_says("was moved");
}
