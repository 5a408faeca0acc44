//! What a watch prints for programs.

use serde_json::Value;
use testkit::workshop;

use super::{PASSING, failing};

#[test]
fn each_verdict_is_a_document_on_a_line() {
    let at = workshop!("watch-json");
    let id = "01_watch/01_json";
    at.course().python_exercise(id, PASSING);
    let mut running = at.wr(["watch", id, "--format", "json"]).start();
    let first: Value = serde_json::from_str(running.printed("}\n").trim()).unwrap();
    assert_eq!(first["command"], "watch");
    assert_eq!(first["verdicts"][0]["status"], "solved");
    at.write(format!("exercises/{id}/test_it.py"), failing("one"));
    let second: Value = serde_json::from_str(running.printed("}\n").trim()).unwrap();
    assert_eq!(second["solved"], false);
    // The timings start with the time until the save was noticed.
    assert_eq!(second["verdicts"][0]["timings"][0]["step"], "notice");
    running.interrupt();
    running.wait().status(130);
}
