//! Broken TOML in every kind of file: the error names the file, line and column.

use testkit::{Extension, Workshop, workshop};

/// Requires that the only exercise is refused because of this location in this file, and keeps its progress.
#[track_caller]
fn refused(at: &Workshop, file: &str, place: &str) {
    let name = format!("{}:{place}: ", at.path(file).display());
    for args in [&["check", "01_x"][..], &["--recheck"]] {
        at.wr(args)
            .run()
            .status(2)
            .complains("error: ")
            .complains(&name);
    }
    at.wr(["check", "01_x", "--format", "json"])
        .run()
        .status(2)
        .says(&format!("{file}:{place}"));
}

/// A course with one exercise for every kind of manifest, solved and open through its commands.
fn course(at: &Workshop) {
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    at.wr(["check", "01_x"]).run().status(0);
}

#[test]
fn the_roots_configuration() {
    let at = workshop!("broken-root-config");
    course(&at);
    at.write(".wr.toml", "# fine\nskip_build = \"yes\"\n");
    refused(&at, ".wr.toml", "2:14");
    at.write(".wr.toml", "exercises_dir = [\n");
    refused(&at, ".wr.toml", "1:18");
    at.wr(["list"]).run().status(2);
}

#[test]
fn an_exercises_configuration() {
    let at = workshop!("broken-exercise-config");
    course(&at);
    let file = "exercises/01_a/01_x/.wr.toml";
    at.write(file, "hints = [\"a\"]\n\n[[verification]]\ncommand = 3\n");
    refused(&at, file, "4:11");
    at.wr(["hint"])
        .at("exercises/01_a/01_x")
        .run()
        .status(2)
        .complains(":4:11: ");
    // Commands that don't need it still work.
    at.wr(["list"]).run().status(0);
}

#[test]
fn cargo_toml() {
    let at = workshop!("broken-cargo-toml");
    at.course().rust_exercise("01_a/01_x");
    at.wr(["check", "01_x"]).run().status(0);
    let file = "exercises/01_a/01_x/Cargo.toml";
    at.write(file, "[package]\nname = \"x\nversion = \"0.1.0\"\n");
    refused(&at, file, "2:10");
    at.write(file, "[package]\nname = 7\n");
    refused(&at, file, "2:8");
}

#[test]
fn pyproject_toml() {
    let at = workshop!("broken-pyproject");
    let extension = Extension {
        id: "01_a/01_x".to_owned(),
        ..Extension::named_after(&at)
    };
    at.course();
    extension.put_into(&at);
    at.wr(["open", "01_x"]).run().status(0);
    let file = "exercises/01_a/01_x/pyproject.toml";
    at.write(file, "[project]\nname = \"größe\" \"\"\n");
    refused(&at, file, "2:16");
    at.write(
        file,
        "[project]\nname = \"x\"\nrequires-python = \"three\"\n",
    );
    refused(&at, file, "3:19");
}

#[test]
fn the_packages_pyproject_toml() {
    let at = workshop!("broken-sample-pyproject");
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n");
    at.wr(["open", "01_x"]).run().status(0);
    let file = "exercises/01_a/01_x/sample/pyproject.toml";
    at.write(file, "[project\n");
    refused(&at, file, "1:9");
}

#[test]
fn what_is_not_text() {
    let at = workshop!("broken-not-utf8");
    course(&at);
    let file = "exercises/01_a/01_x/.wr.toml";
    at.write(file, b"hints = [\"\xff\"]\n");
    refused(&at, file, "1:11");
}

#[test]
fn one_broken_exercise_leaves_the_others_alone() {
    let at = workshop!("broken-one-of-two");
    course(&at);
    at.command_exercise("01_a/02_y", &[&["true"]]);
    at.write("exercises/01_a/01_x/pyproject.toml", "[project\n");
    at.wr(["check", "02_y"]).run().status(0);
    at.wr(["list"]).run().status(0);
}
