//! Which exercise a path belongs to, and which one a person means.

use std::path::Path;

use crate::fixture::Fixture;

fn check(fixture: &Fixture, path: &Path, expect: Option<&str>) {
    let course = fixture.course();
    let found = course.exercise_at(path).map(|one| one.id().to_string());
    assert_eq!(found.as_deref(), expect, "{}", path.display());
}

#[test]
fn any_path_in_an_exercise_belongs_to_it() {
    let fixture = Fixture::new(&["01_a/01_x", "01_a/01_x-more"]);
    fixture.write("exercises/01_a/01_x/sample/src/sample/__init__.py", "");
    for (path, expect) in [
        ("exercises/01_a/01_x", Some("01_a/01_x")),
        ("exercises/01_a/01_x/", Some("01_a/01_x")),
        ("exercises/01_a/01_x/sample/src", Some("01_a/01_x")),
        ("exercises/01_a/01_x/deleted/file.rs", Some("01_a/01_x")),
        ("exercises/01_a/01_x-more/x", Some("01_a/01_x-more")),
        ("exercises/01_a/01_x/../01_x-more", Some("01_a/01_x-more")),
        ("exercises/01_a", None),
        ("exercises/01_a/01_x-mor", None),
        ("", None),
    ] {
        check(&fixture, &fixture.path(path), expect);
    }
}

#[cfg(unix)]
#[test]
fn a_clone_may_be_reached_through_a_link() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    let elsewhere = tempfile::TempDir::new().unwrap();
    let link = elsewhere.path().join("clone");
    std::os::unix::fs::symlink(fixture.path(""), &link).unwrap();
    // The course is found directly, the path through the link.
    check(
        &fixture,
        &link.join("exercises/01_a/01_x/src/new.rs"),
        Some("01_a/01_x"),
    );
    // The course is found through the link, which is kept as written, and the path is resolved.
    let course = wr_course::Course::find(&link).unwrap();
    assert_eq!(course.root(), link);
    let path = fixture.path("exercises/01_a/01_x/src");
    assert!(course.exercise_at(&path).is_some());
}

#[test]
fn numbers_names_and_paths_select() {
    let fixture = Fixture::new(&["01_a/01_x", "01_a/02_y", "02_b/01_z"]);
    let course = fixture.course();
    let selected = course.select("1", "02").unwrap();
    assert_eq!(selected.id().to_string(), "01_a/02_y");
    let path = fixture.path("exercises/02_b/01_z");
    for text in [
        "2/1",
        "02_b/01_z",
        "01_z",
        "./02_b/01_z",
        path.to_str().unwrap(),
    ] {
        let selected = course.select_path(text).unwrap();
        assert_eq!(selected.id().to_string(), "02_b/01_z", "{text}");
    }
    assert!(
        course
            .select_path("3/1")
            .unwrap_err()
            .help()
            .unwrap()
            .contains("01_a, 02_b")
    );
}
