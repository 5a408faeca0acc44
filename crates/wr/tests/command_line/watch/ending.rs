//! The end of a watch, from outside.

use rustix::process::Signal;
use testkit::{Workshop, workshop};

use super::{PASSING, STAYING, Watch};

/// A watch in the middle of a run.
fn busy<'w>(at: &'w Workshop, id: &str) -> Watch<'w> {
    at.course().python_exercise(id, STAYING);
    let mut watch = Watch::begin(at, id);
    watch.running.wait_for(&watch.path("busy"));
    watch
}

#[test]
fn killed_in_a_run() {
    let at = workshop!("watch-killed");
    let watch = busy(&at, "01_watch/01_killed");
    watch.running.signal(Signal::KILL);
    // This checks that nothing outlives it.
    watch.running.wait();
}

#[test]
fn killed_between_runs() {
    let at = workshop!("watch-killed-idle");
    let id = "01_watch/01_killed-idle";
    at.course().python_exercise(id, PASSING);
    let (watch, _) = Watch::start(&at, id);
    watch.running.signal(Signal::KILL);
    watch.running.wait();
}

#[test]
fn interrupted_in_a_run() {
    let at = workshop!("watch-interrupted");
    let watch = busy(&at, "01_watch/01_interrupted");
    watch.running.interrupt();
    watch.running.wait().status(130).complains("interrupted");
}

#[test]
fn asked_to_end_in_a_run() {
    let at = workshop!("watch-term");
    let watch = busy(&at, "01_watch/01_term");
    watch.running.signal(Signal::TERM);
    watch.running.wait().status(130);
}

#[test]
fn interrupted_between_runs() {
    let at = workshop!("watch-interrupted-idle");
    let id = "01_watch/01_interrupted-idle";
    at.course().python_exercise(id, PASSING);
    let (watch, _) = Watch::start(&at, id);
    watch.end();
}
