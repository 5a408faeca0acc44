import logging

import pytest
from logged import read, read_all

from sample import import_text

TEXT = "Oslo 3.5\n\nBuenos Aires 31\nnowhere\nRome mild"


class Asked(logging.Logger):
    """A logger that counts how often it is asked whether a level is enabled."""

    asked = 0

    def isEnabledFor(self, level):
        self.asked += 1
        return super().isEnabledFor(level)


# The extension gets this logger by its name.
logging.setLoggerClass(Asked)
LOGGER = logging.getLogger("logged")
logging.setLoggerClass(logging.Logger)


class Kept(logging.Handler):
    """A handler that keeps what it gets."""

    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        self.records.append(record)

    def taken(self):
        """The levels and messages since the last time."""
        records, self.records = self.records, []
        return [(record.levelname, record.getMessage()) for record in records]


@pytest.fixture
def handler():
    handler = Kept()
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.NOTSET)
    yield handler
    LOGGER.removeHandler(handler)
    LOGGER.setLevel(logging.NOTSET)


# This test is the first one, so that the first message of all is at a time when nobody wants it.
def test_a_level_can_be_lowered_later(handler):
    LOGGER.setLevel(logging.ERROR)
    read(TEXT)
    assert handler.taken() == []
    LOGGER.setLevel(logging.INFO)
    read("Rome mild")
    assert handler.taken() == [("WARNING", "line 1: not a measurement"), ("INFO", "0 read, 1 skipped")]
    LOGGER.setLevel(logging.DEBUG)
    read_all(["Oslo 3.5"])
    assert handler.taken() == [("DEBUG", "line 1: Oslo"), ("INFO", "1 read, 0 skipped")]


@pytest.mark.parametrize(
    "text, read_lines, skipped_lines",
    [
        (TEXT, [(1, "Oslo"), (3, "Buenos Aires")], [2, 4, 5]),
        ("Lima 19.25\nLima 20", [(1, "Lima"), (2, "Lima")], []),
        ("?", [], [1]),
    ],
    ids=["mixed", "good", "bad"],
)
def test_everything_is_reported(handler, text, read_lines, skipped_lines):
    LOGGER.setLevel(logging.DEBUG)
    result = read(text)
    assert [place for place, _ in result] == [place for _, place in read_lines]
    expected = [(line, "DEBUG", f"line {line}: {place}") for line, place in read_lines]
    expected += [(line, "WARNING", f"line {line}: not a measurement") for line in skipped_lines]
    messages = [(level, message) for _, level, message in sorted(expected)]
    summary = ("INFO", f"{len(read_lines)} read, {len(skipped_lines)} skipped")
    assert handler.taken() == [*messages, summary]


def test_the_logger_has_the_name_of_the_module(handler):
    LOGGER.setLevel(logging.INFO)
    read(TEXT)
    read_all([TEXT])
    assert [record.name for record in handler.records] == ["logged"] * 8


def test_a_level_can_be_raised_later(handler):
    LOGGER.setLevel(logging.DEBUG)
    read("Oslo 3.5")
    assert len(handler.taken()) == 2
    LOGGER.setLevel(logging.WARNING)
    read("Oslo 3.5\nRome mild")
    assert handler.taken() == [("WARNING", "line 2: not a measurement")]


@pytest.mark.parametrize("lines", [500, 1000])
def test_messages_that_nobody_wants_cost_little(handler, lines):
    LOGGER.setLevel(logging.WARNING)
    before = LOGGER.asked
    result = read("Oslo 3.5\n" * lines)
    assert result == [("Oslo", 3.5)] * lines
    assert handler.taken() == []
    assert LOGGER.asked - before < 20


def test_threads_report_too(handler):
    LOGGER.setLevel(logging.INFO)
    texts = ["Oslo 3.5\nRome mild", "Lima 19", "", "Lima 19\nOslo 4\nRome 9"]
    expected = [[("Oslo", 3.5)], [("Lima", 19)], [], [("Lima", 19), ("Oslo", 4), ("Rome", 9)]]
    assert read_all(texts) == expected
    assert sorted(handler.taken()) == [
        ("INFO", "0 read, 0 skipped"),
        ("INFO", "1 read, 0 skipped"),
        ("INFO", "1 read, 1 skipped"),
        ("INFO", "3 read, 0 skipped"),
        ("WARNING", "line 2: not a measurement"),
    ]


def test_people_learn_what_was_skipped():
    temperatures, complaints = import_text(TEXT)
    assert temperatures == {"Oslo": 3.5, "Buenos Aires": 31}
    assert complaints == [f"line {line}: not a measurement" for line in (2, 4, 5)]
    assert import_text("Lima 19") == ({"Lima": 19}, [])
