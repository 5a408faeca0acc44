import gzip
import io
import socket

import pytest
from file_like_objects import grep

from sample import errors, extract

TEXT = b"one fish\ntwo fish\nred cat\n\nblue fish"
FISH = b"one fish\ntwo fish\nblue fish"


class Source:
    """Returns the parts one after the other, and counts the calls."""

    def __init__(self, *parts):
        self.parts = list(parts)
        self.sizes = []

    def read(self, size):
        self.sizes.append(size)
        part = self.parts.pop(0) if self.parts else b""
        if isinstance(part, BaseException):
            raise part
        return part


class Sink:
    """Takes as many bytes at a time as it likes, and counts the calls."""

    def __init__(self, at_most=None, returns_none=False):
        self.data = b""
        self.at_most = at_most
        self.returns_none = returns_none
        self.writes = 0

    def write(self, data):
        assert type(data) is bytes
        self.writes += 1
        taken = data[: self.at_most]
        self.data += taken
        return None if self.returns_none else len(taken)


@pytest.mark.parametrize(
    "text, word, found",
    [
        (TEXT, b"fish", FISH),
        (TEXT, b"cat", b"red cat\n"),
        (TEXT, b"dog", b""),
        (TEXT, b"", TEXT),
        (b"", b"", b""),
        (b"\x00\xff\n\xff\n\n", b"\xff", b"\x00\xff\n\xff\n"),
    ],
)
def test_lines_with_the_word_are_copied(text, word, found):
    sink = io.BytesIO()
    assert grep(io.BytesIO(text), sink, word) == len(found.splitlines())
    assert sink.getvalue() == found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_reads_may_be_short(size):
    parts = [TEXT[at : at + size] for at in range(0, len(TEXT), size)]
    sink = Sink()
    assert grep(Source(*parts), sink, b"fish") == 3
    assert sink.data == FISH


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_writes_may_be_short(size):
    sink = Sink(at_most=size)
    assert grep(Source(TEXT), sink, b"fish") == 3
    assert sink.data == FISH


def test_a_write_may_return_nothing():
    for word, found in ((b"fish", FISH), (b"cat", b"red cat\n")):
        sink = Sink(returns_none=True)
        grep(Source(TEXT), sink, word)
        assert sink.data == found
        assert sink.writes == 1


def test_a_bytearray_is_as_good_as_bytes():
    sink = Sink()
    assert grep(Source(bytearray(TEXT)), sink, b"cat") == 1
    assert sink.data == b"red cat\n"


def test_there_are_few_calls():
    lines = [b"line %d\n" % number for number in range(2000)]
    text = b"".join(lines)
    calls = []

    class Counted(io.BytesIO):
        def read(self, size):
            calls.append(size)
            return super().read(size)

    sink = Sink()
    assert grep(Counted(text), sink, b"line") == 2000
    assert sink.data == text
    assert 1 < len(calls) <= 20
    assert all(size > 1000 for size in calls)
    assert 1 <= sink.writes <= 20


def test_real_files(tmp_path):
    original, copy = tmp_path / "original", tmp_path / "copy"
    original.write_bytes(TEXT)
    for buffering in (-1, 0):
        with original.open("rb", buffering) as source, copy.open("wb", buffering) as sink:
            assert grep(source, sink, b"fish") == 3
            # It was flushed, and nothing was closed.
            assert copy.read_bytes() == FISH
            assert not source.closed and not sink.closed


def test_sockets():
    here, there = socket.socketpair()
    with here, there:
        here.settimeout(5)
        there.settimeout(5)
        with here.makefile("wb") as sink, there.makefile("rb") as source:
            assert grep(io.BytesIO(TEXT), sink, b"fish") == 3
            here.shutdown(socket.SHUT_WR)
            assert grep(source, arrived := io.BytesIO(), b"two") == 1
            assert arrived.getvalue() == b"two fish\n"


def test_the_sink_is_flushed():
    class Flushed(Sink):
        flushes = 0

        def flush(self):
            assert self.data == FISH
            self.flushes += 1

    sink = Flushed()
    grep(Source(TEXT), sink, b"fish")
    assert sink.flushes == 1


@pytest.mark.parametrize("wrong", ["a line\n", None, 7, ["a line\n"]], ids=["a string", "None", "a number", "a list"])
def test_text_is_refused(wrong):
    with pytest.raises(TypeError):
        grep(Source(TEXT, wrong), Sink(), b"line")
    with pytest.raises(TypeError):
        grep(io.StringIO("a line\n"), Sink(), b"line")
    with pytest.raises(TypeError):
        grep(Source(TEXT), io.StringIO(), b"fish")


def test_too_many_bytes_are_refused():
    class Generous(Source):
        def read(self, size):
            return b"x" * (size + 1)

    with pytest.raises(ValueError):
        grep(Generous(), Sink(), b"x")


@pytest.mark.parametrize("more", [1, 10_000])
def test_a_write_cannot_take_more_than_it_got(more):
    class Boastful(Sink):
        def write(self, data):
            return super().write(data) + more

    with pytest.raises(ValueError):
        grep(Source(TEXT), Boastful(), b"fish")


@pytest.mark.parametrize("kind", [OSError, LookupError, KeyboardInterrupt, TimeoutError])
def test_an_exception_in_read_goes_through(kind):
    error = kind("broken")
    with pytest.raises(kind) as raised:
        grep(Source(TEXT, error), Sink(), b"fish")
    assert raised.value is error


@pytest.mark.parametrize("kind", [OSError, LookupError, KeyboardInterrupt])
@pytest.mark.parametrize("method", ["write", "flush"])
def test_an_exception_in_the_sink_is_not_lost(kind, method):
    error = kind("the disk is full")

    def broken(*_):
        raise error

    sink = Sink()
    setattr(sink, method, broken)
    with pytest.raises(kind) as raised:
        grep(Source(TEXT), sink, b"fish")
    assert raised.value is error


def test_other_objects_are_refused():
    with pytest.raises(AttributeError, match="read"):
        grep(7, Sink(), b"fish")
    with pytest.raises(AttributeError, match="write"):
        grep(Source(TEXT), 7, b"fish")


def test_logs(tmp_path):
    log = b"INFO start\nERROR no tea\nINFO end\nERROR no milk"
    assert errors(log) == ["ERROR no tea", "ERROR no milk"]
    archive, result = tmp_path / "log.gz", tmp_path / "result"
    archive.write_bytes(gzip.compress(log * 1000))
    assert extract(archive, result, "tea") == 1000
    assert result.read_bytes() == b"ERROR no tea\n" * 1000
