import _thread
import signal
import threading
from contextlib import contextmanager

import pytest
from ctrl_c import STEPS, Search, looks

from sample import main

# Long enough to be interrupted. If nothing interrupts the search, it ends after a few seconds.
LONG = 600_000


class Alarm(Exception):
    pass


@contextmanager
def alarm(handler, interval=0.0):
    """Calls a handler in the middle of whatever the main thread does, as Ctrl-C would."""
    before = signal.signal(signal.SIGALRM, lambda number, frame: handler())
    signal.setitimer(signal.ITIMER_REAL, 0.01, interval)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def interrupted(search):
    """Runs the search until another thread presses Ctrl-C, as soon as the search is under way."""
    ended = threading.Event()

    def press():
        while not ended.is_set():
            tried = search.tried
            if tried == LONG:
                return  # No other thread could run before the search was over.
            if tried >= 3 * STEPS:
                _thread.interrupt_main()
                return
            ended.wait(0.001)

    thread = threading.Thread(target=press, daemon=True)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            search.run(LONG)
    finally:
        ended.set()
        thread.join()


def test_it_looks_once_for_many_numbers():
    for last, best in [(1, (1, 1)), (10, (9, 20)), (1000, (871, 179)), (2 * STEPS + 5_000, (23529, 282))]:
        search = Search()
        before = looks()
        search.run(last)
        assert (search.tried, search.best) == (last, best)
        # Whether it also looks at the very beginning and at the very end doesn't matter.
        assert last // STEPS <= looks() - before <= last // STEPS + 2


def test_a_handler_ends_the_search():
    def handler():
        raise Alarm("enough")

    search = Search()
    with pytest.raises(Alarm, match="enough"), alarm(handler):
        search.run(LONG)
    assert search.tried < LONG


def test_a_handler_that_returns_does_not_end_it():
    search = Search()
    seen = []

    def handler():
        # A handler is ordinary Python, and may ask how far it is.
        seen.append((search.tried, search.best))
        if len(seen) == 3:
            raise Alarm

    with pytest.raises(Alarm), alarm(handler, interval=0.01):
        search.run(LONG)
    assert len(seen) == 3
    assert sorted(seen) == seen
    assert seen[-1][0] <= search.tried < LONG


def test_other_threads_run_meanwhile():
    search = Search()
    interrupted(search)
    assert 3 * STEPS <= search.tried < LONG


def test_what_was_tried_is_kept():
    search, again = Search(), Search()
    interrupted(search)
    tried = search.tried
    again.run(tried)
    assert again.best == search.best
    # And it continues from there.
    search.run(tried + 7)
    again.run(tried + 7)
    assert (search.tried, search.best) == (again.tried, again.best)
    assert search.tried == tried + 7
    # There is nothing left to do.
    search.run(tried)
    assert search.tried == tried + 7


def test_the_command_says_what_it_found():
    def handler():
        raise KeyboardInterrupt

    assert main(1000)[0] == "done: 871"
    with alarm(handler):
        message, search = main(LONG)
    assert search.tried < LONG
    assert message == f"stopped after {search.tried}: {search.best[0]}"
