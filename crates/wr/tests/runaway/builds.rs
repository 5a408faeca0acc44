//! Builds that never end, or that exceed their limits.

use testkit::{Workshop, workshop};

use crate::id;

/// A pure Rust crate with this build script, and its verdict.
fn built(at: &Workshop, config: &str, script: &str) -> serde_json::Value {
    let id = id(at);
    at.course().rust_exercise(&id);
    let dir = format!("exercises/{id}");
    at.write(format!("{dir}/.wr.toml"), config);
    at.write(format!("{dir}/build.rs"), script);
    at.wr(["check", &id, "--format", "json"]).run().verdict()
}

fn said(verdict: &serde_json::Value) -> (&str, &str) {
    let message = verdict["diagnostics"][0]["message"].as_str();
    let status = verdict["status"].as_str();
    (status.unwrap_or_default(), message.unwrap_or_default())
}

#[test]
fn an_endless_build_script_is_killed_and_named() {
    let at = workshop!("away-build-script");
    let script = "fn main() {\n    loop {\n        std::thread::sleep(std::time::Duration::from_secs(1));\n    }\n}\n";
    let verdict = built(&at, "build_time_limit = 4\n", script);
    let (status, message) = said(&verdict);
    assert_eq!(status, "timed_out", "{verdict:#}");
    assert!(
        message.contains("limit of 4 s: the build script of `") && message.ends_with("was running"),
        "{message}"
    );
}

#[test]
fn a_build_script_that_keeps_starting_processes_is_contained() {
    let at = workshop!("away-build-processes");
    let script = "fn main() {\n    let all: Vec<_> = (0..1500)\n        .map(|_| std::process::Command::new(\"sleep\").arg(\"50\").spawn())\n        \
                  .collect();\n    std::thread::sleep(std::time::Duration::from_secs(50));\n    drop(all);\n}\n";
    let verdict = built(&at, "", script);
    let (status, message) = said(&verdict);
    assert_eq!(status, "timed_out", "{verdict:#}");
    assert!(message.contains("limit of 1000 processes"), "{message}");
}
