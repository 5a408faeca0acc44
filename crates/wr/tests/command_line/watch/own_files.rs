//! Tests that write files into the watched tree.

use testkit::workshop;

use super::{PASSING, Watch, failing};

/// A test that writes a file among the sources while it runs.
fn writing(lines: &str, mark: &str) -> String {
    format!(
        "import pathlib, time\n\n\ndef test_it():\n    file = pathlib.Path('scratch.toml')\n    {lines}\n    \
         assert False, {mark:?}\n"
    )
}

#[test]
fn a_file_that_comes_and_goes_triggers_no_run() {
    let at = workshop!("watch-scratch");
    let id = "01_watch/01_scratch";
    let lines = "file.write_text('a = 1')\n    time.sleep(0.3)\n    file.unlink()";
    at.course().python_exercise(id, &writing(lines, "zero"));
    let (mut watch, first) = Watch::start(&at, id);
    assert!(first.contains("zero"), "{first}");
    for mark in ["one", "two"] {
        watch.save("test_it.py", writing(lines, mark));
        // A run that started while the file existed may have its own verdict before the one on the final state.
        watch.until(mark);
    }
    watch.save("test_it.py", PASSING);
    watch.until("  solved  ");
    watch.end();
}

#[test]
fn a_file_that_changes_in_every_run_does_not_loop() {
    let at = workshop!("watch-stamped");
    let id = "01_watch/01_stamped";
    let lines = "file.write_text(f'a = {time.time()}')";
    at.course().python_exercise(id, &writing(lines, "zero"));
    let (mut watch, _) = Watch::start(&at, id);
    let told = watch.running.complained("for the tests' own");
    assert!(
        told.contains("`scratch.toml` changes in every run"),
        "{told}"
    );
    // The last file written is the one from the last run: nothing else runs by itself.
    let rests = at.read(watch.file("scratch.toml"));
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!(at.read(watch.file("scratch.toml")), rests);
    // A manual save counts as usual.
    watch.save("test_it.py", writing(lines, "one"));
    watch.until("one");
    watch.save("test_it.py", failing("without it"));
    watch.until("without it");
    watch.save("scratch.toml", "a = 0\n");
    watch.shows("without it");
    watch.save("test_it.py", PASSING);
    watch.shows("  solved  ");
    watch.end();
}
