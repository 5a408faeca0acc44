//! Which folders are exercises, and in what order.

use wr_course::Reason;

use crate::fixture::{Fixture, ids};

#[test]
fn the_order_is_by_numbers_then_by_names() {
    let fixture = Fixture::new(&[
        "10_last/01_x",
        "02_b/01_y",
        "02_b/001_x",
        "02_a/10_z",
        "02_a/09_z",
        "01_intro/100_c",
        "01_intro/99_b",
        "01_intro/00_a",
    ]);
    let expect = [
        "01_intro/00_a",
        "01_intro/99_b",
        "01_intro/100_c",
        "02_a/09_z",
        "02_a/10_z",
        "02_b/001_x",
        "02_b/01_y",
        "10_last/01_x",
    ];
    assert_eq!(ids(&fixture.course()), expect);
}

#[test]
fn any_folder_name_may_follow_the_number() {
    let long = "123456789012345678901234567890_x";
    let fixture = Fixture::new(&["01_a-b/01_with space", "01_a-b/02_größe", "01_a-b/007_bond"]);
    fixture.exercise(&format!("{long}/{long}"));
    let expect = [
        "01_a-b/01_with space",
        "01_a-b/02_größe",
        "01_a-b/007_bond",
        &format!("{long}/{long}"),
    ];
    assert_eq!(ids(&fixture.course()), expect);
}

#[test]
fn an_exercise_needs_no_manifest_and_siblings_may_share_a_number() {
    let fixture = Fixture::new(&["01_a/01_pure-python", "01_a/01_rust"]);
    fixture.write("exercises/01_a/01_rust/Cargo.toml", "");
    assert_eq!(
        ids(&fixture.course()),
        ["01_a/01_pure-python", "01_a/01_rust"]
    );
}

#[test]
fn anything_else_is_skipped() {
    let fixture = Fixture::new(&[
        "01_a/01_x",
        ".hidden/01_x",
        "01_a/.01_y",
        "target/debug",
        "01_a/common",
    ]);
    fixture.write("exercises/progress.db", "");
    fixture.write("exercises/02_notes", "a file");
    fixture.write("exercises/01_a/02_README.md", "a file");
    assert_eq!(ids(&fixture.course()), ["01_a/01_x"]);
    assert!(fixture.course().skipped_folders().is_empty());
}

#[test]
fn a_name_that_almost_fits_the_pattern_is_reported() {
    let fixture = Fixture::new(&["01_a/1_x", "01_a/02-y", "3_b/01_x"]);
    let course = fixture.course();
    assert!(course.exercises().is_empty());
    let reported: Vec<_> = course
        .skipped_folders()
        .iter()
        .map(|one| (one.path.clone(), &one.reason))
        .collect();
    assert_eq!(
        reported,
        [
            (fixture.path("exercises/01_a/02-y"), &Reason::NotNumbered),
            (fixture.path("exercises/01_a/1_x"), &Reason::NotNumbered),
            (fixture.path("exercises/3_b"), &Reason::NotNumbered),
        ]
    );
    assert!(
        course.skipped_folders()[0]
            .to_string()
            .contains("02-y: the folder's name is not")
    );
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_folders() {
    use std::os::unix::fs::symlink;
    let fixture = Fixture::new(&["01_a/01_x"]);
    std::fs::create_dir_all(fixture.path("shared/02_y")).unwrap();
    symlink(
        fixture.path("shared/02_y"),
        fixture.path("exercises/01_a/02_y"),
    )
    .unwrap();
    symlink(fixture.path("nowhere"), fixture.path("exercises/01_a/03_z")).unwrap();
    let course = fixture.course();
    assert_eq!(ids(&course), ["01_a/01_x", "01_a/02_y"]);
    assert!(matches!(
        course.skipped_folders()[0].reason,
        Reason::Unreadable(_)
    ));
}
