"""Tests of what goes in and out."""

import json
import os
import tempfile

from wr_harness.protocol import LONGEST_TEXT, Reporter, native, parse_run, shorten


def test_a_path_that_is_not_unicode_survives() -> None:
    assert native("a") == "a"
    assert os.fsencode(native([97, 255])) == b"a\xff"


def test_a_long_string_keeps_its_ends() -> None:
    text = "a" * LONGEST_TEXT + "z"
    short = shorten(text)
    assert len(short) < LONGEST_TEXT + 20
    assert short.startswith("aa")
    assert short.endswith("az")
    assert "\n[...]\n" in short
    assert shorten("short") == "short"


def test_an_event_is_one_line_of_valid_json() -> None:
    with tempfile.TemporaryFile() as file:
        Reporter(file.fileno()).send("test", text="one\ntwo \ud800 ä", path=os)
        file.seek(0)
        lines = file.read().decode().splitlines()
    assert len(lines) == 1
    event = json.loads(lines[0])
    assert event["event"] == "test"
    assert event["text"] == "one\ntwo ? ä"


def test_a_fork_of_the_run_reports_nothing() -> None:
    with tempfile.TemporaryFile() as file:
        reporter = Reporter(file.fileno())
        reporter.process += 1
        reporter.send("test")
        file.seek(0)
        assert file.read() == b""


def test_a_request_is_parsed() -> None:
    request = {
        "do": "prepare",
        "id": 3,
        "cwd": [47, 255],
        "args": ["-q", [255]],
        "path": ["/a"],
        "late_path": [],
        "env": {"A": "b"},
        "site": "/site.py",
        "module": {"module": "m.n", "home": "/h", "packages": ["/p"]},
        "own": [],
        "trace": "/t",
        "early": True,
        "limit": 1.5,
    }
    run = parse_run(request)
    assert run.cwd == "/\udcff"
    assert run.args == ["-q", "\udcff"]
    assert run.is_early
    assert run.module is not None
    assert run.module.packages == ["/p"]
    assert parse_run({**request, "module": None}).module is None
