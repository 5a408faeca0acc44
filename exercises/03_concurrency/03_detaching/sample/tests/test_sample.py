import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from detaching import Cancel, stamp, zeros

from sample import Letter

# A watchdog: nothing here takes long, so a thread that waits this long waits in vain.
PATIENCE = 5

# No 64-bit hash starts with this many zeros, so this search ends only when it is cancelled.
NEVER = 65


def wait_for(condition):
    """Lets other threads run until the condition holds."""
    pause = threading.Event()
    for _ in range(1000):
        if condition():
            return
        pause.wait(PATIENCE / 1000)
    pytest.fail("it did not happen")


def test_the_smallest_stamp_is_found():
    for letter in ("Dear Ada", "Dear Bob", "", "Grüße"):
        for bits in (0, 1, 5, 8):
            found = stamp(letter, bits, Cancel())
            assert zeros(letter, found) >= bits
            assert all(zeros(letter, smaller) < bits for smaller in range(found))


def test_no_stamp_after_the_signal():
    assert stamp("Dear Ada", 3, Cancel()) is not None
    cancel = Cancel()
    cancel.give()
    assert stamp("Dear Ada", NEVER, cancel) is None


def test_another_thread_can_cancel():
    assert stamp("Dear Ada", 3, Cancel()) is not None
    cancel = Cancel()
    results = []
    search = threading.Thread(target=lambda: results.append(stamp("Dear Ada", NEVER, cancel)), daemon=True)
    search.start()
    # The search has started and will not end by itself. If it kept the interpreter, this thread would be stuck now.
    wait_for(lambda: cancel.watched == 1)
    cancel.give()
    search.join(PATIENCE)
    assert results == [None]
    assert cancel.watched == 0


def test_searches_run_in_parallel():
    assert stamp("Dear Ada", 3, Cancel()) is not None
    cancel = Cancel()
    with ThreadPoolExecutor(3) as workers:
        searches = [workers.submit(stamp, letter, NEVER, cancel) for letter in ("a", "b", "c")]
        wait_for(lambda: cancel.watched == 3)
        cancel.give()
        assert [search.result(PATIENCE) for search in searches] == [None] * 3


def test_a_letter_can_be_withdrawn():
    with ThreadPoolExecutor(2) as workers:
        easy, endless = Letter("a", 2, workers), Letter("b", NEVER, workers)
        assert zeros("a", easy.stamp.result(PATIENCE)) >= 2
        endless.withdraw()
        assert endless.stamp.result(PATIENCE) is None
