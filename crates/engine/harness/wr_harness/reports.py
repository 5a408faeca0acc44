"""Turns pytest's reports into values for `wr`, and stores the details of a failure with its report."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from wr_harness.failures import describe
from wr_harness.protocol import shorten

if TYPE_CHECKING:
    from wr_harness.files import Project

    Report = pytest.TestReport | pytest.CollectReport

# Attributes that the harness adds to a report: the exception as JSON, and how a worker process ended.
ERROR = "wr_error"
EXIT = "wr_exit"


def keep_error(report: Report, error: BaseException | None, project: Project) -> None:
    """Keeps the description of an exception with the report.

    It is a string, because pytest-xdist sends reports from one process to another.
    """
    if error is not None and report.outcome == "failed":
        vars(report)[ERROR] = json.dumps(describe(error, project), default=str)


def values_of(report: Report, project: Project) -> dict[str, object]:
    """What the harness sends to `wr` about a report."""
    values: dict[str, object] = {
        "id": report.nodeid,
        "outcome": report.outcome,
        "when": getattr(report, "when", "collect"),
        "seconds": getattr(report, "duration", 0.0),
    }
    # What a test recorded with `record_property`.
    pythons = [str(value) for name, value in getattr(report, "user_properties", ()) if name == "python"]
    if pythons:
        values["pythons"] = pythons
    if hasattr(report, "wasxfail"):
        values["xfail"] = str(report.wasxfail)
    if report.outcome != "passed":
        values["text"] = shorten(report.longreprtext)
        values["printed"] = [[name, shorten(text)] for name, text in report.sections]
        error = vars(report).pop(ERROR, None)
        if error is not None:
            values["error"] = json.loads(error)
        values.update(getattr(report, EXIT, {}))
        crash = crash_of(report.longrepr)
        if crash is not None:
            values["crash"] = {"file": project.shown(crash.path), "line": crash.line, "text": shorten(crash.text)}
    return values


class Crash(NamedTuple):
    """Where pytest saw a failure, and its short text."""

    path: str
    line: int
    text: str


def crash_of(longrepr: Any) -> Crash | None:
    """The crash in pytest's representation of a failure.

    In a failed subtest of `unittest`, pytest doesn't hide the frames of `unittest` as it does in a test. The place is
    then the last line outside of it.
    """
    # pytest documents that `longrepr` exists and not what is in it; the attributes have been the same for many years.
    crash = getattr(longrepr, "reprcrash", None)
    if crash is None:
        return None
    found = Crash(str(crash.path), crash.lineno, crash.message)
    unittest = sys.modules.get("unittest")
    if unittest is None or unittest.__file__ is None:
        return found
    own = os.path.join(os.path.dirname(unittest.__file__), "")
    if not os.path.abspath(found.path).startswith(own):
        return found
    entries = getattr(getattr(longrepr, "reprtraceback", None), "reprentries", ())
    for entry in reversed(entries):
        place = getattr(entry, "reprfileloc", None)
        if place is not None and not os.path.abspath(place.path).startswith(own):
            return Crash(os.path.abspath(place.path), place.lineno, found.text)
    return found
