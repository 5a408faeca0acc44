import threading

import pytest
from the_interpreter_lock import Memo

from sample import Directory

# A watchdog: nothing here takes long, so a thread that waits this long waits in vain.
PATIENCE = 5


class Thing:
    """Equal only to itself."""


def in_threads(meeting, *functions):
    """Runs each function in a thread of its own and returns their results. Nobody waits for one that has failed."""
    results = [None] * len(functions)

    def run(number, function):
        try:
            results[number] = function()
        except BaseException as error:
            results[number] = error
            meeting.abort()

    threads = [threading.Thread(target=run, args=a, daemon=True) for a in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE * 2)
    return results


def test_a_known_value_is_not_looked_up_again():
    memo = Memo()
    asked = []

    def find_out(name):
        asked.append(name)
        return Thing()

    first = memo.get("a", find_out)
    assert memo.get("a", find_out) is first
    assert memo.get("b", find_out) is not first
    assert asked == ["a", "b"]
    assert len(memo) == 2


def test_none_is_an_answer_too():
    memo = Memo()
    assert memo.get("a", lambda name: None) is None
    assert memo.get("a", lambda name: "asked again") is None


def test_after_an_exception_nothing_is_known():
    memo = Memo()
    with pytest.raises(ZeroDivisionError):
        memo.get("a", lambda name: 1 / 0)
    assert len(memo) == 0
    assert memo.get("a", str.upper) == "A"


def test_finding_out_may_use_the_memo():
    memo = Memo()

    def fibonacci(name):
        n = int(name)
        return n if n < 2 else memo.get(str(n - 1), fibonacci) + memo.get(str(n - 2), fibonacci)

    assert memo.get("80", fibonacci) == 23416728348467685
    assert len(memo) == 81


def test_two_threads_may_find_out_at_the_same_time():
    memo = Memo()
    assert memo.get("z", str.upper) == "Z"
    # It opens only when both threads have come here, so neither may keep the other out.
    meeting = threading.Barrier(2, timeout=PATIENCE)

    def find_out(name):
        meeting.wait()
        return name.upper()

    assert in_threads(meeting, lambda: memo.get("a", find_out), lambda: memo.get("b", find_out)) == ["A", "B"]
    assert len(memo) == 3


def test_the_value_kept_first_stays():
    memo = Memo()
    assert memo.get("z", str.upper) == "Z"
    meeting = threading.Barrier(2, timeout=PATIENCE)

    class Found(Thing):
        def __del__(self):
            # Python code that runs when a thing is dropped, such as the second one.
            len(memo)

    def find_out(name):
        meeting.wait()
        return Found()

    first, second = in_threads(meeting, lambda: memo.get("a", find_out), lambda: memo.get("a", find_out))
    assert isinstance(first, Thing)
    assert second is first
    assert memo.get("a", find_out) is first


def test_a_directory_asks_once():
    asked = []

    def lookup(address):
        asked.append(address)
        return (float(len(address)), 0.0)

    directory = Directory(lookup)
    assert directory.street(["Elm 1", "Elm 20", "Elm 1"]) == [(5.0, 0.0), (6.0, 0.0), (5.0, 0.0)]
    assert asked == ["Elm 1", "Elm 20"]
