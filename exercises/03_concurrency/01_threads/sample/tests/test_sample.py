import os
import threading

import pytest
from threads import Journal

from sample import Till

# A watchdog: nothing here takes long, so a thread that waits this long waits in vain.
PATIENCE = 5

# Opening a named pipe for writing blocks until someone opens it for reading.
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


def is_open_for_writing(pipe):
    """Whether someone has the named pipe open for writing."""
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return os.read(reader, 1024) != b""
    except BlockingIOError:
        return True
    finally:
        os.close(reader)


@pytest.mark.parametrize("lines", [[], ["one"], ["one", "two", "", "dört"], [str(n) for n in range(2000)]])
def test_every_line_is_written_in_order(tmp_path, lines):
    path = tmp_path / "journal.txt"
    journal = Journal(path)
    for line in lines:
        journal.write(line)
    assert journal.close() == len(lines)
    assert path.read_text(encoding="utf-8") == "".join(line + "\n" for line in lines)


def test_two_journals_do_not_know_each_other(tmp_path):
    first, second = Journal(tmp_path / "first.txt"), Journal(tmp_path / "second.txt")
    first.write("a")
    second.write("b")
    first.write("c")
    assert (first.close(), second.close()) == (2, 1)
    assert (tmp_path / "first.txt").read_text() == "a\nc\n"
    assert (tmp_path / "second.txt").read_text() == "b\n"


def test_a_closed_journal_takes_nothing(tmp_path):
    journal = Journal(tmp_path / "journal.txt")
    journal.write("last")
    assert journal.close() == 1
    with pytest.raises(ValueError):
        journal.write("too late")
    with pytest.raises(ValueError):
        journal.close()


def test_close_reports_what_went_wrong(tmp_path):
    journal = Journal(tmp_path / "no such folder" / "journal.txt")
    with pytest.raises(FileNotFoundError):
        journal.close()


@needs_pipes
def test_nobody_waits_for_the_file(tmp_path):
    # Nobody reads before both lines have been handed over, so a `Journal` or a `write` that opens the pipe itself
    # never returns.
    path = tmp_path / "pipe"
    os.mkfifo(path)
    journal = Journal(path)
    journal.write("one")
    journal.write("two")
    with open(path, encoding="utf-8") as pipe:
        assert journal.close() == 2
        assert pipe.read() == "one\ntwo\n"


@needs_pipes
def test_a_line_after_a_failure_is_lost(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    journal = Journal(path)
    # The reader is gone as soon as the thread has opened the pipe, so the line can't be written, and the thread ends.
    open(path, encoding="utf-8").close()
    pause = threading.Event()
    for _ in range(1000):
        journal.write("lost")
        pause.wait(PATIENCE / 1000)
        if not is_open_for_writing(path):
            break
    assert not is_open_for_writing(path)
    # Now it has certainly ended. Writing is still not an error, and `close` reports what happened.
    journal.write("lost")
    with pytest.raises(BrokenPipeError):
        journal.close()


def test_python_threads_may_share_a_till(tmp_path):
    path = tmp_path / "sales.csv"
    with Till(path) as till:
        lock = threading.Lock()

        def sell(article):
            for cents in range(50):
                with lock:
                    till.sell(article, cents)

        cashiers = [threading.Thread(target=sell, args=(article,)) for article in ("tea", "cups")]
        for cashier in cashiers:
            cashier.start()
        for cashier in cashiers:
            cashier.join()
    assert till.sales == 100
    sales = path.read_text().splitlines()
    for article in ("tea", "cups"):
        assert [s for s in sales if s.startswith(article)] == [f"{article};{cents}" for cents in range(50)]
