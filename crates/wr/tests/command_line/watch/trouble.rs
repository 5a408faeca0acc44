//! Manifests that are broken for a while.

use testkit::workshop;

use super::{PASSING, Watch, failing};

/// Breaks a manifest of a Python exercise, and fixes it.
#[track_caller]
fn broken_and_fixed(name: &str, manifest: &str, good: &str) {
    let at = workshop!(&format!("watch-{name}"));
    let id = format!("01_watch/01_{name}");
    at.course()
        .python_exercise(&id, PASSING)
        .write(format!("exercises/{id}/{manifest}"), good);
    let (mut watch, first) = Watch::start(&at, &id);
    assert!(first.contains("  solved  "), "{first}");
    watch.save(manifest, "[[[ broken");
    let told = watch.verdict();
    assert!(!told.contains("solved"), "{told}");
    assert!(!told.contains("next exercise"), "{told}");
    watch.running.complained("error: ");
    watch.running.complained(manifest);
    watch.save("test_it.py", failing("seen when fixed"));
    // Still broken, which is reported again.
    watch.verdict();
    watch.running.complained("error: ");
    watch.save(manifest, good);
    watch.shows("seen when fixed");
    watch.save("test_it.py", PASSING);
    watch.shows("  solved  ");
    watch.end();
}

#[test]
fn the_exercises_own() {
    broken_and_fixed("broken-wr-toml", ".wr.toml", "hints = []\n");
}

#[test]
fn pyproject() {
    broken_and_fixed(
        "broken-pyproject",
        "pyproject.toml",
        "[project]\nname = \"it\"\nversion = \"0.1.0\"\n",
    );
}

#[test]
fn cargos() {
    let at = workshop!("watch-broken-cargo");
    let id = "01_watch/01_broken-cargo";
    at.course().rust_exercise(id);
    let (mut watch, _) = Watch::start(&at, id);
    let good = at.read(watch.file("Cargo.toml"));
    watch.save("Cargo.toml", "[[[ broken");
    let told = watch.verdict();
    assert!(!told.contains("solved"), "{told}");
    watch.save("Cargo.toml", good);
    watch.shows("  solved  ");
    watch.end();
}
