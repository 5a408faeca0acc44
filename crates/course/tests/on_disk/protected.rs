//! Files that learners shouldn't change.

use wr_course::{Change, Digest};

use crate::fixture::Fixture;

#[test]
fn changes_are_noticed_and_line_ends_are_not() {
    let fixture = Fixture::new(&[]);
    let inside = |name: &str| format!("exercises/01_a/01_x/{name}");
    fixture.write(&inside("tests/t.py"), "assert True\n");
    let digest = Digest::of_file(&fixture.path(&inside("tests/t.py"))).unwrap();
    fixture.write(
        &inside(".wr.toml"),
        format!("[protected]\n'tests/t.py' = '{digest}'\n'tests/u.py' = '{digest}'\n'tests' = '{digest}'"),
    );
    let changes = || {
        let course = fixture.course();
        let exercise = &course.exercises()[0];
        let config = exercise.config(&course).unwrap();
        exercise.changed_protected_files(&config)
    };
    let of = |name: &str| {
        let changes = changes().into_iter();
        changes
            .filter(|one| one.path.to_str() == Some(name))
            .map(|one| one.change)
            .next()
    };
    assert_eq!(of("tests/t.py"), None);
    assert_eq!(of("tests/u.py"), Some(Change::Missing));
    assert!(matches!(of("tests"), Some(Change::Unreadable(_))));

    fixture.write(&inside("tests/t.py"), "assert True\r\n");
    assert_eq!(of("tests/t.py"), None);
    fixture.write(&inside("tests/t.py"), "assert False\n");
    assert_eq!(of("tests/t.py"), Some(Change::Changed));
    let shown: Vec<_> = changes().iter().map(ToString::to_string).collect();
    assert!(
        shown.contains(&"tests/u.py is missing".to_owned()),
        "{shown:?}"
    );
}

#[test]
fn a_new_file_that_makes_every_test_pass_is_noticed() {
    let fixture = Fixture::new(&[]);
    let inside = |name: &str| format!("exercises/01_a/01_x/{name}");
    for file in ["tests/t.py", "tests/conftest.py", "src/conftest.py"] {
        fixture.write(&inside(file), "");
    }
    // Files created by tools aren't part of anyone's answer.
    fixture.write(&inside("target/conftest.py"), "");
    let added = |protected: &[&str]| {
        let digest = Digest::of_file(&fixture.path(&inside("tests/t.py"))).unwrap();
        let lines = protected
            .iter()
            .map(|file| format!("'{file}' = '{digest}'\n"));
        let text = format!("[protected]\n{}", lines.collect::<String>());
        fixture.write(&inside(".wr.toml"), text);
        let course = fixture.course();
        let exercise = &course.exercises()[0];
        let config = exercise.config(&course).unwrap();
        let changed = exercise.changed_protected_files(&config);
        changed.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        added(&["tests/t.py", "tests/conftest.py"]),
        ["src/conftest.py was added"]
    );
    assert_eq!(added(&[]), [""; 0]);
}
