import _thread
import signal
import threading

import pytest
from ctrl_c import STEPS, Search, looks

from sample import main

# Nobody waits for this one.
FOREVER = 10**18

# A watchdog, in seconds: nothing here takes long, so a search that runs this long can't be stopped.
PATIENCE = 8


class Alarm(Exception):
    pass


@pytest.fixture
def alarm():
    """Calls a handler in the middle of whatever the main thread does, as Ctrl-C would."""

    def start(handler, first=0.05, interval=0.0):
        signal.signal(signal.SIGALRM, lambda number, frame: handler())
        signal.setitimer(signal.ITIMER_REAL, first, interval)

    before = signal.getsignal(signal.SIGALRM)
    yield start
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def watchdog(alarm):
    def handler():
        raise Alarm("the search can't be stopped")

    alarm(handler, PATIENCE)


def interrupted(search):
    """Runs the search until another thread presses Ctrl-C, as soon as the search is under way."""
    ended = threading.Event()
    in_time = []

    def press():
        while not ended.is_set():
            if search.tried >= 3 * STEPS:
                # If the watchdog has already gone off, this thread couldn't run before.
                in_time.append(signal.getitimer(signal.ITIMER_REAL)[0] > 0)
                _thread.interrupt_main()
                return
            ended.wait(0.001)

    thread = threading.Thread(target=press, daemon=True)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            search.run(FOREVER)
    finally:
        ended.set()
        thread.join()
    assert in_time == [True], "no other thread could run"


def test_it_looks_once_for_many_numbers():
    for last, best in [(1, (1, 1)), (10, (9, 20)), (1000, (871, 179)), (2 * STEPS + 5_000, (23529, 282))]:
        search = Search()
        before = looks()
        search.run(last)
        assert (search.tried, search.best) == (last, best)
        # Whether it also looks at the very beginning and at the very end doesn't matter.
        assert last // STEPS <= looks() - before <= last // STEPS + 2


def test_a_handler_ends_the_search(alarm):
    def handler():
        raise Alarm("enough")

    search = Search()
    alarm(handler)
    with pytest.raises(Alarm, match="enough"):
        search.run(FOREVER)


def test_a_handler_that_returns_does_not_end_it(alarm):
    search = Search()
    seen = []

    def handler():
        # A handler is ordinary Python, and may ask how far it is.
        seen.append((search.tried, search.best))
        if len(seen) == 3:
            raise Alarm

    alarm(handler, interval=0.05)
    with pytest.raises(Alarm):
        search.run(FOREVER)
    assert len(seen) == 3
    assert sorted(seen) == seen
    assert search.tried >= seen[-1][0]


def test_other_threads_run_meanwhile(watchdog):
    search = Search()
    interrupted(search)
    assert search.tried >= 3 * STEPS


def test_what_was_tried_is_kept(watchdog):
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


def test_the_command_says_what_it_found(alarm):
    assert main(1000)[0] == "done: 871"
    alarm(_thread.interrupt_main)
    message, search = main(FOREVER)
    assert message == f"stopped after {search.tried}: {search.best[0]}"
