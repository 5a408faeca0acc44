//! Where a course is found, and the errors if there is none.

use std::fs;

use wr_course::{Course, CourseError};

use crate::fixture::{Fixture, ids};

#[test]
fn from_any_folder_of_the_work_tree() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    fixture.write("exercises/01_a/01_x/src/lib.rs", "");
    for from in [
        "",
        "exercises",
        "exercises/01_a/01_x/src",
        "exercises/01_a/01_x/src/lib.rs",
        "exercises/01_a/01_x/../..",
        "not/there",
    ] {
        let course = fixture.find(from).unwrap();
        assert_eq!(ids(&course), ["01_a/01_x"], "{from}");
    }
    assert_eq!(fixture.course().root(), fixture.path(""));
}

#[test]
fn a_linked_work_tree_has_a_git_file() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    fs::remove_dir(fixture.path(".git")).unwrap();
    fixture.write(".git", "gitdir: elsewhere");
    assert!(fixture.find("exercises/01_a").is_ok());
}

#[test]
fn outside_a_repository() {
    let fixture = Fixture::new(&[]);
    fs::remove_dir(fixture.path(".git")).unwrap();
    let error = fixture.find("exercises").unwrap_err();
    assert!(
        matches!(&error, CourseError::NotInRepository { .. }),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .ends_with("exercises is not in a git repository"),
        "{error}"
    );
    assert!(error.help().unwrap().contains("git init"));
}

#[test]
fn a_repository_that_is_not_a_course() {
    let fixture = Fixture::new(&[]);
    fs::remove_file(fixture.path(".wr.toml")).unwrap();
    let error = fixture.find("").unwrap_err();
    assert!(
        matches!(&error, CourseError::NoConfig { outer: None, .. }),
        "{error}"
    );
    assert!(error.help().unwrap().contains(".wr.toml"));
}

#[test]
fn a_repository_inside_the_course_is_reported_as_the_cause() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    fs::create_dir(fixture.path("exercises/01_a/01_x/.git")).unwrap();
    let error = fixture.find("exercises/01_a/01_x").unwrap_err();
    assert!(
        matches!(&error, CourseError::NoConfig { outer: Some(_), .. }),
        "{error}"
    );
    assert!(error.help().unwrap().contains("separate git repository"));
}

#[test]
fn a_configuration_that_cannot_be_read() {
    let fixture = Fixture::new(&[]);
    fs::remove_file(fixture.path(".wr.toml")).unwrap();
    fs::create_dir(fixture.path(".wr.toml")).unwrap();
    let error = fixture.find("").unwrap_err();
    assert!(
        matches!(&error, CourseError::Unreadable { path, .. } if path.ends_with(".wr.toml")),
        "{error}"
    );
}

#[test]
fn a_broken_configuration_names_file_line_and_column() {
    let fixture = Fixture::new(&[]);
    for (text, place) in [
        ("exercises_dir = \n", ".wr.toml:1:17: "),
        ("# é\nskip_build = 'é' x", ".wr.toml:2:18: "),
        (
            "\nskip_build = 1",
            ".wr.toml:2:14: `skip_build` must be true or false, not an integer",
        ),
        (
            "a = 1\r\nexercises_dir = []",
            ".wr.toml:2:17: `exercises_dir` must be a string, not an array",
        ),
    ] {
        fixture.write(".wr.toml", text);
        let error = fixture.find("exercises").unwrap_err();
        assert!(error.to_string().contains(place), "{text:?}: {error}");
        let CourseError::Toml(error) = error else {
            panic!("{text:?} is broken TOML");
        };
        assert!(error.file.ends_with(".wr.toml"));
        assert_eq!(Some(error.line), error.location().line);
    }
}

#[test]
fn an_exercises_directory_that_is_missing_or_a_file() {
    let fixture = Fixture::new(&[]);
    fixture.write(".wr.toml", "exercises_dir = 'lessons'");
    let error = fixture.find("").unwrap_err();
    assert!(
        matches!(&error, CourseError::ExercisesMissing { .. }),
        "{error}"
    );
    assert!(error.help().unwrap().contains("exercises_dir"));

    fixture.write("lessons", "");
    let error = fixture.find("").unwrap_err();
    assert!(
        matches!(&error, CourseError::ExercisesNotADirectory { .. }),
        "{error}"
    );
}

#[test]
fn the_exercises_directory_may_be_anywhere_below_the_root() {
    let fixture = Fixture::new(&[]);
    fixture.write(".wr.toml", "exercises_dir = 'de/übungen'\nunknown = 1");
    fixture.write("de/übungen/01_a/01_x/README.md", "");
    let course = fixture.course();
    assert_eq!(ids(&course), ["01_a/01_x"]);
    assert_eq!(
        course.progress_file(),
        fixture.path("de/übungen/progress.db")
    );
}

#[cfg(unix)]
#[test]
fn a_link_into_the_course_leads_to_it() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    let elsewhere = tempfile::TempDir::new().unwrap();
    let link = elsewhere.path().join("work");
    std::os::unix::fs::symlink(fixture.path("exercises/01_a"), &link).unwrap();
    let course = Course::find(&link).unwrap();
    let exercise = course.exercise_at(&link.join("01_x")).unwrap();
    assert_eq!(exercise.id().to_string(), "01_a/01_x");
}

#[test]
fn an_exercises_directory_outside_the_repository() {
    let outside = tempfile::TempDir::new().unwrap();
    let fixture = Fixture::new(&[]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), fixture.path("link")).unwrap();
    let absolute = outside.path().display().to_string();
    for dir in [&*absolute, "..", "exercises/../..", "link"] {
        fixture.write(".wr.toml", format!("exercises_dir = '{dir}'"));
        let error = Course::find(&fixture.path("")).unwrap_err();
        assert!(
            matches!(&error, CourseError::ExercisesOutside { .. }),
            "{dir}: {error}"
        );
        assert!(error.help().unwrap().contains("exercises_dir"));
    }
}
