//! A plugin in the project itself, which pytest imports during configuration, before it's known what to test.

use testkit::{Workshop, workshop};

use super::Watch;

const TESTS: &str = "import helper\n\n\ndef test_value():\n    assert helper.VALUE == 42\n";

/// Breaks and fixes what the plugin imports, with this file configuring pytest.
fn sees_what_a_plugin_imports(at: &Workshop, name: &str, file: &str, configuration: &str) {
    let id = format!("01_watch/{name}");
    at.course().python_exercise(&id, TESTS);
    at.write(format!("exercises/{id}/helper.py"), "VALUE = 42\n")
        .write(format!("exercises/{id}/plug.py"), "import helper\n")
        .write(format!("exercises/{id}/{file}"), configuration);
    let (mut watch, first) = Watch::start(at, &id);
    assert!(first.contains("  solved  "), "{first}");
    for round in 0..2 {
        watch.save("helper.py", format!("VALUE = {round}\n"));
        watch.shows(&format!("assert {round} == 42"));
        watch.save("helper.py", "VALUE = 42\n");
        watch.shows("  solved  ");
    }
    watch.end();
}

#[test]
fn a_plugin_named_without_a_space() {
    let at = workshop!("watch-plugin-short");
    let configuration = "[pytest]\npythonpath = .\naddopts = -pplug\n";
    sees_what_a_plugin_imports(&at, "01_plugin-short", "pytest.ini", configuration);
}

#[test]
fn a_plugin_named_in_a_list() {
    let at = workshop!("watch-plugin-list");
    let configuration =
        "[tool.pytest.ini_options]\npythonpath = [\".\"]\naddopts = [\"-p\", \"plug\"]\n";
    sees_what_a_plugin_imports(&at, "02_plugin-list", "pyproject.toml", configuration);
}
