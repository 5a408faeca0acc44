//! Going from exercise to exercise, and comparing an answer with the course's solution.

use serde_json::json;
use testkit::workshop;

const TESTS: &str = "from answer import double\n\n\ndef test_a():\n    assert double(4) == 8\n";

#[test]
fn next_and_prev_go_through_the_course() {
    let at = workshop!("seat-steps");
    at.course()
        .python_exercise("01_a/01_x", "def test_a(): ...\n");
    at.python_exercise("01_a/02_y", "def test_a(): ...\n");
    at.python_exercise("02_b/01_z", "def test_a(): ...\n");
    at.wr(["next"])
        .run()
        .fails("no exercise is open", "run `wr`");
    at.wr(["open", "01_x"]).run().status(0);
    at.wr(["next"]).run().status(0).says("01_a/02_y is open");
    at.wr(["next"]).run().status(0).says("02_b/01_z is open");
    at.wr(["next"])
        .run()
        .fails("02_b/01_z is the last exercise", "wr list --all");
    at.wr(["prev"]).run().status(0).says("01_a/02_y is open");
    // In an exercise's directory, it's that exercise.
    at.wr(["prev"])
        .at("exercises/02_b/01_z")
        .run()
        .status(0)
        .says("01_a/02_y is open");
    at.wr(["prev"]).run().status(0).says("01_a/01_x is open");
    at.wr(["prev"])
        .run()
        .fails("01_a/01_x is the first exercise", "wr list --all");
    let next = at.wr(["next", "--format", "json"]).run();
    assert_eq!(next.json()["next"]["exercise"], json!("02_y"));
}

#[test]
fn a_solution_is_compared_with_the_learners_answer() {
    let at = workshop!("seat-solution");
    at.course().python_exercise("01_a/01_x", TESTS);
    at.write(
        "exercises/01_a/01_x/answer.py",
        "\"\"\"Numbers.\"\"\"\n\n\ndef double(number):\n    return number + number\n",
    );
    at.write(
        "solutions/01_a/01_x/answer.py",
        "\"\"\"Numbers.\"\"\"\n\n\ndef double(number):\n    return 2 * number\n",
    );
    at.write("solutions/01_a/01_x/WHY.md", "It's **shorter**.\n");
    at.write("solutions/01_a/01_x/wrong/sum/answer.py", "nothing\n");
    at.wr(["open", "01_x"]).run().status(0);
    at.wr(["solution"])
        .run()
        .fails("01_a/01_x isn't solved yet", "`wr solution --anyway`");
    at.wr(["list"]).run().never_says("solution seen");

    let shown = at.wr(["solution", "--anyway"]).run();
    shown
        .status(0)
        .says("  -     return number + number")
        .says("  +     return 2 * number")
        .says("It's shorter.")
        .never_says("nothing");
    at.wr(["list"])
        .run()
        .says("01_x  (solution seen)  ← you are here");
    let list = at.wr(["list", "--format", "json"]).run();
    assert_eq!(list.json()["exercises"][0]["solution_seen"], json!(true));

    at.wr(["check"]).run().status(0);
    let shown = at.wr(["solution", "01_x", "--format", "json"]).run();
    let shown = shown.json();
    assert_eq!(shown["command"], json!("solution"));
    assert_eq!(shown["files"][0]["file"], json!("answer.py"));
    let lines = &shown["files"][0]["hunks"][0]["lines"];
    let differing: Vec<_> = lines
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["in"] != json!("both"))
        .collect();
    assert_eq!(
        differing,
        [
            &json!({"in": "learner", "text": "    return number + number"}),
            &json!({"in": "solution", "text": "    return 2 * number"}),
        ]
    );
}

#[test]
fn an_answer_may_equal_the_solution_and_a_solution_may_be_missing() {
    let at = workshop!("seat-same");
    at.course().python_exercise("01_a/01_x", TESTS);
    at.python_exercise("01_a/02_y", TESTS);
    let answer = "def double(number):\n    return 2 * number\n";
    at.write("exercises/01_a/01_x/answer.py", answer);
    at.write("solutions/01_a/01_x/answer.py", answer);
    at.wr(["solution", "1/1", "--anyway"])
        .run()
        .status(0)
        .says("Your files are the same as the solution's.");
    at.wr(["solution", "1/2"])
        .run()
        .fails("no solution of 01_a/02_y", "`solutions`");
}
