from return_values import levels, parse, per_hour, span

from sample import report

LOG = [
    "06:00:00 INFO started",
    "06:12:30 WARN disk is full",
    "-- rotated --",
    "06:12:31 ERROR cannot write: disk is full",
    "23:59:59 INFO",
]


def test_a_line_becomes_a_dict():
    assert parse(LOG[0]) == {"time": "06:00:00", "level": "INFO", "message": "started"}
    assert parse(LOG[3]) == {
        "time": "06:12:31",
        "level": "ERROR",
        "message": "cannot write: disk is full",
    }


def test_a_missing_message_becomes_none():
    assert parse("23:59:59 INFO") == {"time": "23:59:59", "level": "INFO", "message": None}
    assert parse("00:00:00 WARN") == {"time": "00:00:00", "level": "WARN", "message": None}


def test_an_unreadable_line_becomes_none():
    assert parse("-- rotated --") is None
    assert parse("") is None
    assert parse("06:00:00 INFO started") is not None


def test_levels_are_counted():
    assert levels(LOG) == {"INFO": 2, "WARN": 1, "ERROR": 1}
    assert levels(["-- rotated --"]) == {}
    assert levels(["06:00:00 DEBUG"] * 1000) == {"DEBUG": 1000}


def test_hours_are_counted():
    quiet = [0] * 24
    assert per_hour([]) == quiet
    assert per_hour(LOG) == [*quiet[:6], 3, *quiet[7:23], 1]
    assert per_hour(["00:30:00 INFO"] * 1000) == [1000, *quiet[1:]]
    assert per_hour(["99:00:00 INFO", "-- rotated --"]) == quiet
    assert per_hour([":::::::: INFO", "1:00:000 INFO", "24:00:00 INFO"]) == quiet


def test_the_first_and_the_last_time():
    assert span(LOG) == ("06:00:00", "23:59:59")
    assert span(LOG[:3]) == ("06:00:00", "06:12:30")
    assert span(["22:00:00 INFO", "23:30:00 INFO", "00:30:00 INFO", "06:00:00 INFO"]) == ("22:00:00", "06:00:00")
    assert span(["09:00:00 INFO"]) == ("09:00:00", "09:00:00")
    assert span([]) is None
    assert span(["-- rotated --"]) is None


def test_a_report():
    assert report("\n".join(LOG)) == "06:00:00 to 23:59:59, 1 errors\ncannot write: disk is full"
    assert report("") == "nothing was logged"
    assert report("08:00:00 ERROR") == "08:00:00 to 08:00:00, 1 errors\nno message"
