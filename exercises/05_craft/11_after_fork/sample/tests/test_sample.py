import os
import signal

import pytest
from after_fork import Journal, writers_started

from sample import open_in_every_process, work

# From Python 3.12 on, a fork in a process with several threads causes a warning. That's what this exercise is about.
pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


def in_a_child(function, *arguments):
    """What becomes of a call in a forked child: its result, or the kind of exception and its message."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(5)  # Ends a child that waits forever.
        try:
            said = f"returned {function(*arguments)!r}"
        except BaseException as error:  # noqa: BLE001: a panic isn't an `Exception`, and the child mustn't go on as pytest
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return "waited forever" if status == signal.SIGALRM else said


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("count", [0, 1, 1000])
def test_lines_are_written_in_order(tmp_path, count):
    path = tmp_path / "journal"
    journal = Journal(path)
    for number in range(count):
        journal.write(str(number))
    journal.flush()
    assert lines(path) == [str(number) for number in range(count)]
    journal.write("last")
    del journal
    assert lines(path)[count:] == ["last"]


@pytest.mark.parametrize(("method", "arguments"), [("write", ["from the child"]), ("flush", [])], ids=["write", "flush"])
def test_a_child_is_refused(tmp_path, method, arguments):
    path = tmp_path / "journal"
    journal = Journal(path)
    journal.write("from the parent")
    said = in_a_child(getattr(journal, method), *arguments)
    kind, _, message = said.partition(": ")
    assert kind == "RuntimeError"
    assert str(os.getpid()) in message
    # The parent isn't affected.
    journal.write("again")
    journal.flush()
    assert lines(path) == ["from the parent", "again"]


def test_a_child_can_forget_the_journal(tmp_path):
    path = tmp_path / "journal"
    journals = [Journal(path)]
    journals[0].write("one")
    assert in_a_child(journals.clear) == "returned None"
    journals[0].write("two")
    journals.clear()
    assert lines(path) == ["one", "two"]


@pytest.mark.parametrize("jobs", [["a"], ["a", "b", "c"]])
def test_a_child_reopens_it(tmp_path, jobs):
    path = tmp_path / "journal"
    journal = Journal(path)

    def child():
        before = writers_started()
        journal.reopen()
        journal.reopen()
        return work(journal, jobs), writers_started() - before

    assert in_a_child(child) == f"returned {(len(jobs), 1)}"
    done = [f"did {job}" for job in jobs]
    assert lines(path) == done
    assert work(journal, ["rest"]) == 1
    assert lines(path) == [*done, "did rest"]


def test_a_reopened_journal_is_finished(tmp_path):
    path = tmp_path / "journal"
    journals = [Journal(path)]

    def child():
        journals[0].reopen()
        for number in range(1000):
            journals[0].write(str(number))
        journals.clear()
        return len(lines(path))

    assert in_a_child(child) == "returned 1000"


def test_reopening_at_home_changes_nothing(tmp_path):
    path = tmp_path / "journal"
    journal = Journal(path)
    before = writers_started()
    journal.write("one")
    journal.reopen()
    journal.write("two")
    journal.flush()
    assert lines(path) == ["one", "two"]
    assert writers_started() == before


def test_a_grandchild_is_refused_again(tmp_path):
    journal = Journal(tmp_path / "journal")

    def child():
        journal.reopen()
        said = in_a_child(journal.flush)
        return said.startswith("RuntimeError: ") and str(os.getpid()) in said

    assert in_a_child(child) == "returned True"


def test_a_server(tmp_path):
    path = tmp_path / "journal"
    journal = open_in_every_process(path)
    assert in_a_child(work, journal, ["x", "y"]) == "returned 2"
    assert in_a_child(in_a_child, work, journal, ["z"]) == "returned 'returned 1'"
    assert lines(path) == ["did x", "did y", "did z"]
