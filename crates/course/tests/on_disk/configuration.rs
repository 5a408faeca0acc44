//! The configuration of an exercise, read from its folder and from the root.

use wr_course::{CourseError, ExerciseConfig, Verification};

use crate::fixture::{Fixture, id};

fn config(fixture: &Fixture) -> Result<ExerciseConfig, CourseError> {
    let course = fixture.course();
    course.exercise(&id("01_a/01_x")).unwrap().config(&course)
}

fn programs(fixture: &Fixture) -> Option<Vec<String>> {
    match config(fixture).unwrap().verification {
        Verification::Native => None,
        Verification::Commands { commands, .. } => {
            Some(commands.into_iter().map(|one| one.command).collect())
        }
    }
}

#[test]
fn an_exercise_overrides_the_root() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    assert_eq!(programs(&fixture), None);
    fixture.write(".wr.toml", "[[verification]]\ncommand = 'root'");
    assert_eq!(programs(&fixture), Some(vec!["root".to_owned()]));
    fixture.write(
        "exercises/01_a/01_x/.wr.toml",
        "[[verification]]\ncommand = 'own'\nargs = ['a b', '']",
    );
    assert_eq!(programs(&fixture), Some(vec!["own".to_owned()]));
    fixture.write(
        "exercises/01_a/01_x/.wr.toml",
        "exercises_dir = 'x'\nskip_build = true",
    );
    assert_eq!(programs(&fixture), None);
}

#[test]
fn a_broken_file_of_an_exercise_does_not_break_the_course() {
    let fixture = Fixture::new(&["01_a/01_x", "01_a/02_y"]);
    fixture.write("exercises/01_a/01_x/.wr.toml", "\n  hints = [1]");
    let error = config(&fixture).unwrap_err().to_string();
    let expect = format!(
        "{}:2:12: `hints[0]` must be a string, not an integer",
        fixture.path("exercises/01_a/01_x/.wr.toml").display()
    );
    assert_eq!(error, expect);
    let course = fixture.course();
    assert!(course.exercises()[1].config(&course).is_ok());
    // It doesn't prevent opening the progress, either.
    let mut progress = fixture.progress();
    progress.set_solved(&id("01_a/01_x"), true).unwrap();
    assert_eq!(fixture.opened(&fixture.progress()), ["01_a/01_x"]);
}
