import ctypes
import gc
import threading

import pytest
from text_and_bytes import Log, detached

from sample import complaints

DATA = b"INFO started\nERROR no disk\n\nINFO ended\nERROR no network"
LINES = ["INFO started", "ERROR no disk", "", "INFO ended", "ERROR no network"]


def address(data):
    """Where Python keeps the bytes."""
    return ctypes.cast(data, ctypes.c_void_p).value


def lines(log):
    return [log.line(number) for number in range(len(log))]


def test_bytes_are_used_where_they_are():
    for size in (1, 100, 100_000):
        data = b"x" * size
        shared = Log(data).address == address(data)
        assert shared, "the log has its own copy of the bytes"


def test_the_log_keeps_its_bytes_alive():
    log = Log(bytes(bytearray(DATA)))
    before = log.address
    gc.collect()
    # These would take the place of the bytes if those were gone.
    others = [bytes(len(DATA)) for _ in range(1000)]
    assert lines(log) == LINES
    assert log.address == before
    assert len(others) == 1000


def test_a_bytearray_is_accepted():
    assert lines(Log(bytearray(DATA))) == LINES
    assert lines(Log(bytearray(b"one\n"))) == ["one"]
    assert lines(Log(bytearray())) == []


def test_a_bytearray_may_change_afterwards():
    data = bytearray(DATA)
    log = Log(data)
    data[:4] = b"WARN"
    assert lines(log) == LINES
    # It may also grow, which Python refuses while something has a view of its memory.
    data.extend(b"\nand more" * 1000)
    assert lines(log) == LINES
    data.clear()
    assert lines(log) == LINES


def test_everything_else_is_refused():
    for thing in ("INFO", [73, 78], (), memoryview(b"INFO"), None, 3):
        with pytest.raises(TypeError):
            Log(thing)


def test_lines_are_text():
    assert lines(Log(DATA)) == LINES
    assert lines(Log("größer\n名前\n".encode())) == ["größer", "名前"]
    for number in (5, 6, 1000):
        with pytest.raises(IndexError):
            Log(DATA).line(number)
    with pytest.raises(IndexError):
        Log(b"").line(0)


def test_bytes_that_are_not_text_are_marked():
    log = Log(b"caf\xe9 open\nfine\n\xff")
    assert lines(log) == ["caf\N{REPLACEMENT CHARACTER} open", "fine", "\N{REPLACEMENT CHARACTER}"]


def test_lines_are_found():
    log = Log(DATA)
    assert log.search("ERROR") == [1, 4]
    assert log.search("INFO") == [0, 3]
    assert log.search("no network") == [4]
    assert log.search("error") == []
    assert log.search("") == [0, 1, 2, 3, 4]
    assert Log("größer\nkleiner".encode()).search("ß") == [0]
    assert Log(b"\xff\xfe ERROR").search("ERROR") == [0]


def test_a_search_lets_others_run():
    log = Log(DATA)
    before = detached()
    assert log.search("ERROR") == [1, 4]
    assert log.search("WARN") == []
    assert detached() - before == 2, "each search should call `detach` once"


def test_many_threads_search_one_log():
    log = Log(DATA * 100)
    found = []

    def search():
        found.append(len(log.search("started")))

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [100] * 8


def test_complaints_of_a_file(tmp_path):
    file = tmp_path / "today.log"
    file.write_bytes(DATA)
    assert complaints(file) == ["2: ERROR no disk", "5: ERROR no network"]
