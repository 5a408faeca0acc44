import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from locks_without_deadlocks import Transcript

from sample import minutes

# A watchdog: nothing here takes long, so a thread that waits this long waits in vain.
PATIENCE = 5


def wait_for(condition):
    """Lets other threads run until the condition holds."""
    pause = threading.Event()
    for _ in range(1000):
        if condition():
            return
        pause.wait(PATIENCE / 1000)
    raise TimeoutError("it did not happen")


class Paper:
    """A sink that does something before it takes a line."""

    def __init__(self, before=lambda line: None):
        self.before = before
        self.lines = []

    def write(self, line):
        self.before(line)
        self.lines.append(line)


def test_statements_are_numbered():
    paper = Paper()
    transcript = Transcript(paper)
    assert transcript.state(["good morning"]) == 1
    assert transcript.state(["I agree", "mostly"]) == 2
    assert transcript.state([]) == 3
    assert transcript.state(["ähm"]) == 4
    assert paper.lines == ["1: good morning\n", "2: I agree\n", "2: mostly\n", "4: ähm\n"]
    assert transcript.waiting == 0


def test_two_transcripts_are_independent():
    inner = Transcript(Paper())
    outer = Transcript(Paper(before=lambda line: inner.state([line])))
    assert [outer.state(["a", "b"]), outer.state(["c"])] == [1, 2]
    assert inner.state([]) == 4


def test_a_statement_is_not_interrupted():
    assert Transcript(Paper()).state(["a trial"]) == 1
    entered = []

    def before(line):
        # The first line is only accepted when someone else is waiting for the floor, or has been let in.
        entered.append(line)
        wait_for(lambda: transcript.waiting == 1 or len(entered) > 1)

    paper = Paper(before)
    transcript = Transcript(paper)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(transcript.state, ["one", "two", "three"])
        wait_for(lambda: entered)
        second = threads.submit(transcript.state, ["four", "five"])
        assert (first.result(PATIENCE), second.result(PATIENCE)) == (1, 2)
    assert paper.lines == ["1: one\n", "1: two\n", "1: three\n", "2: four\n", "2: five\n"]


def test_a_statement_that_fails_does_not_count():
    def before(line):
        if "nonsense" in line:
            raise ValueError(line)

    paper = Paper(before)
    transcript = Transcript(paper)
    assert transcript.state(["one"]) == 1
    for _ in range(2):
        with pytest.raises(ValueError):
            transcript.state(["two", "nonsense", "three"])
    assert transcript.state(["four"]) == 2
    assert paper.lines == ["1: one\n", "2: two\n", "2: two\n", "2: four\n"]
    assert transcript.waiting == 0


def test_the_minutes_are_in_order():
    speakers = {name: [f"sentence {n}" for n in range(2)] for name in ("Ada", "Bob", "Carol")}
    lines = minutes(speakers).splitlines()
    assert [line.split(":")[0] for line in lines] == ["1", "1", "2", "2", "3", "3"]
    for name, sentences in speakers.items():
        said = [line.split(": ", 1)[1] for line in lines if name in line]
        assert said == [f"{name}: {sentence}" for sentence in sentences]
