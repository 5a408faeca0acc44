"""States that a learner's seat can be in, as `livebook::Seat` writes them."""

import os
import time
from pathlib import Path

EXERCISES = sorted(
    str(found.parent.relative_to(Path(os.environ["WR_ROOT"]) / "exercises"))
    for found in (Path(os.environ["WR_ROOT"]) / "exercises").glob("*/*/.wr.toml")
)
CURRENT = EXERCISES[6]


def now():
    return int(time.time() * 1000)


def text(words):
    return [{"kind": "paragraph", "spans": [{"kind": "text", "text": words}]}]


def entries(solved=6):
    def progress(at):
        return "solved" if at < solved else "opened" if at in (6, 9) else "unopened"

    return [{"id": exercise, "progress": progress(at)} for at, exercise in enumerate(EXERCISES)]


def seat(**changes):
    return {
        "exercise": CURRENT,
        "exercises": entries(),
        "run": None,
        "verdict": None,
        "is_outdated": False,
        "hints": {"shown": [], "total": 3},
        "solution": {"kind": "locked"},
        "notice": None,
        **changes,
    }


def verdict(mark, headline, **changes):
    return {
        "mark": mark,
        "headline": headline,
        "remark": None,
        "judged_at": now(),
        "took": 310.0,
        "findings": [],
        "explanations": {},
        "tests": [],
        "output": [],
        **changes,
    }


def finding(message, what="src/lib.rs:18:31", lines=None, hint=None, code="WR0351"):
    return {
        "code": code,
        "severity": "error",
        "message": message,
        "evidence": [{"what": what, "lines": lines}],
        "hint": hint,
    }


def does_not_build():
    lines = "18 | fn reading(line: &str) -> Option<Reading<'_>> {\n   |                           ^^^^^^^^^^^^^^^^^^^"
    explanation = [
        {
            "kind": "paragraph",
            "spans": [
                {"kind": "text", "text": "What a function returns to Python has to implement "},
                {"kind": "code", "text": "IntoPyObject"},
                {"kind": "text", "text": "."},
            ],
        },
        {"kind": "heading", "spans": [{"kind": "text", "text": "What to do"}]},
        {"kind": "list", "is_numbered": False, "items": [text("Derive it."), text("Return a tuple.")]},
        {"kind": "code", "language": "rust", "text": "#[derive(IntoPyObject)]\nstruct Reading {\n    value: f64,\n}\n"},
    ]
    return verdict(
        "bad",
        "does not build",
        remark="Nothing has run yet. Fix the first error and save: later ones often go away with it.",
        findings=[
            finding(
                "`Reading` cannot be converted to a Python object",
                lines=lines,
                hint="derive `IntoPyObject` for `Reading`, or return a tuple",
            ),
            finding("cannot find value `unit` in this scope", what="src/lib.rs:24:9"),
        ],
        explanations={"WR0351": explanation},
        output=[{"from": "cargo", "text": "error[E0277]: the trait bound isn't satisfied\n"}],
    )


def tests(outcome="passed", count=11):
    names = ["a_place_is_written_as_its_parts", "an_empty_line_is_nothing", "a_reading_has_a_unit"]
    return [
        {"name": f"sample/tests/test_sample.py::test_{names[at % 3]}_{at}", "outcome": outcome, "message": None}
        for at in range(count)
    ]


def tests_fail():
    name = "sample/tests/test_sample.py::test_prices_are_shown"
    failed = {"name": name, "outcome": "failed", "message": "left   (0, 0, 0)\nright  (None, None, None)"}
    found = finding(f"{name} failed", what="sample/tests/test_sample.py:74", code="WR0353")
    found["evidence"].append({"what": "They first differ at index 0: 0 is not None.", "lines": None})
    return verdict("bad", "tests fail", findings=[found], tests=[failed, *tests()])


def solved():
    return verdict("good", "solved", tests=tests())


def difference():
    lines = [
        ["both", "#[pyfunction]"],
        ["learner", "fn reading(line: &str) -> Option<(f64, &str)> {"],
        ["solution", "fn reading(line: &str) -> Option<Reading<'_>> {"],
        ["both", "    parse(line)"],
    ]
    return {
        "kind": "shown",
        "files": [{"path": "src/lib.rs", "hunks": [{"line": 3, "lines": lines}]}],
        "why": text("A type of its own says what the numbers mean."),
    }
