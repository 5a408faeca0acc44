//! Saves during a run.

use rustix::process::{Pid, test_kill_process};
use testkit::workshop;

use super::{PASSING, STAYING, Watch, failing};

#[test]
fn hanging_python_tests_are_killed() {
    let at = workshop!("watch-stale-python");
    let id = "01_watch/01_stale-python";
    at.course().python_exercise(id, PASSING);
    let (mut watch, _) = Watch::start(&at, id);
    for mark in ["first", "second"] {
        watch.save("test_it.py", STAYING);
        watch.running.wait_for(&watch.path("busy"));
        let pid = at.read(watch.file("busy")).parse().unwrap();
        at.remove(watch.file("busy"));
        watch.save("test_it.py", failing(mark));
        watch.shows(mark);
        // The next run started after this one ended.
        let stale = test_kill_process(Pid::from_raw(pid).unwrap());
        assert!(stale.is_err(), "the stale run still has process {pid}");
    }
    watch.save("test_it.py", PASSING);
    watch.shows("  solved  ");
    watch.end();
}

#[test]
fn the_first_run_can_be_stale() {
    let at = workshop!("watch-stale-first");
    let id = "01_watch/01_stale-first";
    at.course().python_exercise(id, STAYING);
    let mut watch = Watch::begin(&at, id);
    watch.running.wait_for(&watch.path("busy"));
    watch.save("test_it.py", failing("saved meanwhile"));
    watch.shows("saved meanwhile");
    watch.end();
}

#[test]
fn hanging_rust_tests_are_killed() {
    let at = workshop!("watch-stale-rust");
    let id = "01_watch/01_stale-rust";
    at.course().rust_exercise(id);
    let (mut watch, _) = Watch::start(&at, id);
    let file = watch.file("src/lib.rs");
    let stays = "std::fs::write(\"busy\", \"\").unwrap(); loop { std::thread::park() }";
    at.replace(&file, "    2\n", &format!("    {stays}\n"));
    watch.running.wait_for(&watch.path("busy"));
    at.replace(&file, stays, "7");
    watch.shows("left: 7");
    watch.end();
}

#[test]
fn a_hanging_build_is_killed() {
    let at = workshop!("watch-stale-build");
    let id = "01_watch/01_stale-build";
    at.course().rust_exercise(id);
    let (mut watch, _) = Watch::start(&at, id);
    watch.save(
        "build.rs",
        "fn main() {\n    std::fs::write(\"busy\", \"\").unwrap();\n    std::thread::sleep(std::time::Duration::from_secs(600));\n}\n",
    );
    watch.running.wait_for(&watch.path("busy"));
    watch.save("build.rs", "fn main() {}\n");
    watch.shows("  solved  ");
    watch.end();
}
