//! Which Python a request refers to.

use std::time::Duration;

use serde_json::json;
use wr_engine::{Cancel, Interpreters};

use crate::bench::Bench;
use crate::world::{Behaviour, World};

/// A machine with 3.11 as `python3` on `PATH`, and with these versions in pyenv.
fn machine(kept: &[&str]) -> Bench {
    let bench = Bench::python();
    let world = &bench.world;
    for version in kept {
        world.save(&format!("/home/.pyenv/versions/{version}/bin/python"), "");
    }
    for name in ["python3", "python"] {
        world.program(name, |_, command| {
            answers(&command.program.to_string_lossy())
        });
    }
    bench
}

fn answers(program: &str) -> Behaviour {
    let version: Vec<u32> = program
        .split('/')
        .find(|part| part.starts_with("3."))
        .unwrap_or("3.11.7")
        .split('.')
        .map(|number| number.parse().expect("a version consists of numbers"))
        .collect();
    let answer = json!({
        "executable": program, "base": program, "implementation": "CPython", "version": version,
        "suffixes": [".so"], "pointer_width": 64, "machine": "x86_64", "free_threaded": false, "debug": false,
        "shared": false, "library_dir": null, "library": null, "has_ensurepip": true, "link_with": "",
    });
    Behaviour::new().out(answer.to_string()).exit(0)
}

fn found(bench: &Bench, requested: &str) -> Option<(u32, u32, u32)> {
    let search = Interpreters {
        env: &bench.settings.env,
        requested: Some(requested),
        patience: Duration::from_secs(20),
        cancel: &Cancel::new(),
    };
    let world: &World = &bench.world;
    search.find(world, None).ok().map(|found| found.version)
}

#[test]
fn a_name_means_the_program_on_path_even_if_a_version_manager_has_newer_ones() {
    let bench = machine(&["3.11.9", "3.13.0"]);
    assert_eq!(found(&bench, "python3"), Some((3, 11, 7)));
    assert_eq!(found(&bench, "3"), Some((3, 11, 7)));
}

#[test]
fn a_version_that_is_not_on_path_is_found_with_a_version_manager() {
    let bench = machine(&["3.12.1", "3.13.0", "3.13.2"]);
    assert_eq!(found(&bench, "3.13"), Some((3, 13, 2)));
    assert_eq!(found(&bench, "python3.13"), Some((3, 13, 2)));
    assert_eq!(found(&bench, "3.13.0"), Some((3, 13, 0)));
}

#[test]
fn versions_are_compared_by_whole_numbers() {
    let bench = machine(&["3.12.1", "3.13.0"]);
    assert_eq!(found(&bench, "3.1"), None);
}
