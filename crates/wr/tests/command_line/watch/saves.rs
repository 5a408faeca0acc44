//! The ways that editors save.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use testkit::workshop;

use super::{PASSING, Watch, failing};

/// Saves twice in one way, and requires one verdict each time.
macro_rules! saved_by {
    ($test:ident, $how:expr) => {
        #[test]
        fn $test() {
            let name = stringify!($test).replace('_', "-");
            let at = workshop!(&format!("watch-{name}"));
            let id = format!("01_watch/01_{name}");
            at.course().python_exercise(&id, PASSING);
            let (mut watch, first) = Watch::start(&at, &id);
            assert!(first.contains("solved"), "{first}");
            let how: fn(&Watch, &str) = $how;
            for mark in ["first mark", "second mark"] {
                how(&watch, &failing(mark));
                watch.shows(mark);
            }
            how(&watch, PASSING);
            watch.shows("  solved  ");
            watch.save("test_it.py", failing("nothing between"));
            watch.shows("nothing between");
            watch.end();
        }
    };
}

saved_by!(in_place, |watch, text| watch.save("test_it.py", text));

saved_by!(beside_and_over, |watch, text| {
    watch.save("test_it.py.tmp", text);
    fs::rename(watch.path("test_it.py.tmp"), watch.path("test_it.py")).unwrap();
});

saved_by!(beside_by_a_name_of_chance, |watch, text| {
    // With a suffix of its own, as some editors use.
    watch.save(".test_it.py.x7Kq2w", text);
    fs::rename(watch.path(".test_it.py.x7Kq2w"), watch.path("test_it.py")).unwrap();
});

saved_by!(backup_and_rename, |watch, text| {
    fs::rename(watch.path("test_it.py"), watch.path("test_it.py~")).unwrap();
    watch.save("test_it.py", text);
});

saved_by!(with_the_probe_of_vim, |watch, text| {
    watch.save("4913", "");
    fs::remove_file(watch.path("4913")).unwrap();
    watch.save(".test_it.py.swp", "b0VIM");
    fs::rename(watch.path("test_it.py"), watch.path("test_it.py~")).unwrap();
    watch.save("test_it.py", text);
    fs::remove_file(watch.path("test_it.py~")).unwrap();
    fs::remove_file(watch.path(".test_it.py.swp")).unwrap();
});

#[test]
fn rust_in_place() {
    let at = workshop!("watch-rust");
    let id = "01_watch/01_rust";
    at.course().rust_exercise(id);
    let (mut watch, first) = Watch::start(&at, id);
    assert!(first.contains("  solved  "), "{first}");
    let file = watch.file("src/lib.rs");
    at.replace(&file, "    2\n", "    7\n");
    watch.shows("left: 7");
    at.replace(&file, "    7\n", "    2 +\n");
    watch.shows("does not build");
    at.replace(&file, "    2 +\n", "    2\n");
    watch.shows("  solved  ");
    at.replace(&file, "    2\n", "    8\n");
    watch.shows("left: 8");
    watch.end();
}

#[test]
fn two_in_a_row() {
    let at = workshop!("watch-two-in-a-row");
    let id = "01_watch/01_two-in-a-row";
    at.course().python_exercise(id, PASSING);
    let (mut watch, _) = Watch::start(&at, id);
    for (round, pause) in [0, 1, 2, 5, 10, 20].into_iter().enumerate() {
        watch.save("test_it.py", failing(&format!("early {round}")));
        std::thread::sleep(Duration::from_millis(pause));
        watch.save("test_it.py", failing(&format!("late {round}")));
        let verdict = watch.verdict();
        // If a run was faster than the second save, it has its own verdict; the next one is for the last save.
        if verdict.contains(&format!("early {round}")) {
            watch.shows(&format!("late {round}"));
        } else {
            assert!(verdict.contains(&format!("late {round}")), "{verdict}");
        }
    }
    watch.end();
}

#[test]
fn several_files_at_once() {
    let at = workshop!("watch-several");
    let id = "01_watch/01_several";
    at.course()
        .python_exercise(id, PASSING)
        .write(format!("exercises/{id}/test_more.py"), PASSING);
    let (mut watch, _) = Watch::start(&at, id);
    watch.save("test_it.py", failing("here"));
    watch.save("test_more.py", failing("there"));
    let verdict = watch.verdict();
    assert!(
        verdict.contains("here") && verdict.contains("there"),
        "{verdict}"
    );
    watch.save("test_more.py", PASSING);
    watch.save("test_it.py", PASSING);
    watch.shows("2 passed");
    watch.save("test_it.py", failing("nothing between"));
    watch.shows("nothing between");
    watch.end();
}

#[test]
fn a_test_file_comes_and_goes() {
    let at = workshop!("watch-new-file");
    let id = "01_watch/01_new-file";
    at.course().python_exercise(id, PASSING);
    let (mut watch, _) = Watch::start(&at, id);
    watch.save("test_more.py", failing("more"));
    watch.shows("1 passed, 1 failed");
    at.remove(watch.file("test_more.py"));
    watch.shows("  solved  1 passed");
    // A new directory is watched from then on, too.
    watch.save("tests/test_deep.py", failing("deep"));
    watch.shows("deep");
    watch.save("tests/test_deep.py", failing("deeper"));
    watch.shows("deeper");
    at.remove(watch.file("tests"));
    watch.shows("  solved  1 passed");
    watch.save("test_it.py", failing("nothing between"));
    watch.shows("nothing between");
    watch.end();
}

#[test]
fn a_manifest() {
    let at = workshop!("watch-manifest");
    let id = "01_watch/01_manifest";
    at.course().command_exercise(id, &[&["true"]]);
    let (mut watch, first) = Watch::start(&at, id);
    assert!(first.contains("  solved  "), "{first}");
    watch.save(".wr.toml", testkit::verification(&[&["false"]]));
    watch.shows("a command failed");
    watch.save(".wr.toml", testkit::verification(&[&["true"]]));
    watch.shows("  solved  ");
    watch.end();
}

#[test]
fn an_unchanged_file_is_not_a_save() {
    let at = workshop!("watch-touched");
    let id = "01_watch/01_touched";
    at.course().python_exercise(id, PASSING);
    let (mut watch, _) = Watch::start(&at, id);
    let file = File::options().append(true).open(watch.path("test_it.py"));
    let later = SystemTime::now() + Duration::from_mins(1);
    file.unwrap().set_modified(later).unwrap();
    watch.save("copy.tmp", PASSING);
    fs::rename(watch.path("copy.tmp"), watch.path("test_it.py")).unwrap();
    watch.save("test_more.py.orig", failing("no test"));
    watch.save("notes.md", "to do\n");
    watch.save("test_it.py", failing("a real save"));
    watch.shows("a real save");
    watch.end();
}

#[test]
fn files_written_by_tests_are_not_saves() {
    let at = workshop!("watch-written-by-tests");
    let id = "01_watch/01_written-by-tests";
    let writing = |mark: &str| {
        format!(
            "import os, pathlib, time\n\n\ndef test_it():\n    pathlib.Path('out.txt').write_text(str(time.time()))\n    \
             os.makedirs('__pycache__', exist_ok=True)\n    pathlib.Path('__pycache__/made.py').write_text(str(time.time()))\n    \
             os.makedirs('.cache', exist_ok=True)\n    pathlib.Path('.cache/made.py').write_text(str(time.time()))\n    \
             assert False, {mark:?}\n"
        )
    };
    at.course().python_exercise(id, &writing("zero"));
    let (mut watch, first) = Watch::start(&at, id);
    assert!(first.contains("zero"), "{first}");
    for mark in ["one", "two"] {
        let before = at.read(watch.file("out.txt"));
        watch.save("test_it.py", writing(mark));
        watch.shows(mark);
        assert_ne!(at.read(watch.file("out.txt")), before);
    }
    watch.end();
}

#[test]
fn an_exercise_opened_elsewhere_is_followed() {
    let at = workshop!("watch-follows");
    at.course()
        .python_exercise("01_wfollows/01_x", PASSING)
        .python_exercise("01_wfollows/02_y", &failing("of the second"));
    let (mut watch, _) = Watch::start(&at, "01_wfollows/01_x");
    at.wr(["open", "02_y"]).start().printed("is open.");
    watch
        .running
        .printed("01_wfollows/02_y was opened elsewhere");
    watch.shows("of the second");
    at.write(
        "exercises/01_wfollows/02_y/test_it.py",
        failing("what was saved there"),
    );
    watch.shows("what was saved there");
    watch.end();
}
