//! Which folders are exercises, and in what order.

use testkit::workshop;

use crate::states::list;

#[test]
fn order_is_by_number_then_by_name() {
    let at = workshop!("layout-order");
    at.course();
    for id in [
        "10_j/01_a",
        "02_b/10_b",
        "02_b/9_not",
        "02_b/09_a",
        "100_z/01_a",
        "02_b/010_c",
    ] {
        at.command_exercise(id, &[&["true"]]);
    }
    let names: Vec<_> = list(&at)
        .iter()
        .map(|one| one.replace(" closed", ""))
        .collect();
    assert_eq!(
        names,
        [
            "02_b/09_a",
            "02_b/010_c",
            "02_b/10_b",
            "10_j/01_a",
            "100_z/01_a"
        ]
    );
}

#[test]
fn siblings_with_the_same_number_are_two_exercises() {
    let at = workshop!("layout-siblings");
    at.course()
        .command_exercise("01_a/01_x", &[&["touch", "x"]])
        .command_exercise("01_a/01_y", &[&["touch", "y"]]);
    assert_eq!(list(&at), ["01_a/01_x closed", "01_a/01_y closed"]);
    for name in ["x", "y"] {
        at.wr(["check", &format!("01_{name}")]).run().status(0);
        assert!(
            at.path(format!("exercises/01_a/01_{name}/{name}"))
                .is_file()
        );
    }
}

#[test]
fn hyphens_spaces_letters_and_long_numbers_are_part_of_a_name() {
    let at = workshop!("layout-names");
    at.course();
    let ids = [
        "01_a-b/01_return-values",
        "01_a-b/002_größe und maß",
        "01_a-b/123_x_y",
    ];
    for id in ids {
        at.command_exercise(id, &[&["true"]]);
        at.wr(["check", id]).run().status(0);
    }
    let solved = [
        "01_a-b/01_return-values",
        "01_a-b/002_größe und maß",
        "01_a-b/123_x_y",
    ];
    assert_eq!(list(&at).len(), 3);
    for (found, id) in list(&at).iter().zip(solved) {
        assert!(found.starts_with(&format!("{id} solved")), "{found}");
    }
}

#[test]
fn files_and_hidden_folders_are_skipped() {
    let at = workshop!("layout-passed-over");
    at.course()
        .command_exercise("01_a/01_x", &[&["true"]])
        .write("exercises/01_a/02_notes.md", "no exercise")
        .write("exercises/01_a/README.md", "no exercise")
        .folder("exercises/.git")
        .folder("exercises/01_a/.idea")
        .folder("exercises/01_a/common")
        .folder("exercises/target/01_debug");
    assert_eq!(list(&at), ["01_a/01_x closed"]);
}

#[test]
fn a_pure_python_exercise_is_an_exercise() {
    let at = workshop!("layout-pure-python");
    at.course()
        .rust_exercise("01_a/01_rust")
        .python_exercise("01_a/02_pure", "def test_sum():\n    assert 1 + 1 == 3\n");
    assert_eq!(list(&at), ["01_a/01_rust closed", "01_a/02_pure closed"]);
    let outcome = at.wr(["check", "02_pure"]).run();
    outcome
        .status(1)
        .says("test_it.py:2")
        .says("assert (1 + 1) == 3");
}
