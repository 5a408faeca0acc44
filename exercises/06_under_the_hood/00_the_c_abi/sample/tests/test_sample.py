import ctypes
import os
import signal
import subprocess
import sys

import pytest

from sample import Frequent, Words, load

# What the C declarations in `lib.rs` say: the sizes of the arguments, and of the result.
POINTER, NOTHING = ctypes.sizeof(ctypes.c_void_p), 0
DECLARED = {
    "counts_new": ([], POINTER),
    "counts_free": ([POINTER], NOTHING),
    "counts_add": ([POINTER, POINTER], 4),
    "counts_most_frequent": ([POINTER, POINTER], 1),
    "counts_free_string": ([POINTER], NOTHING),
    "counts_in_use": ([], POINTER),
}


def size(kind) -> int:
    return NOTHING if kind is None else ctypes.sizeof(kind)


def check(library: ctypes.CDLL, name: str) -> None:
    function, (arguments, result) = getattr(library, name), DECLARED[name]
    # Without a declaration, an argument may be anything, and the result is a C `int`.
    assert function.argtypes is not None, f"the arguments of `{name}` aren't declared"
    assert [size(kind) for kind in function.argtypes] == arguments
    assert size(function.restype) == result, f"the result of `{name}` isn't a {function.restype}"


@pytest.mark.parametrize("name", DECLARED)
def test_a_function_is_declared(library_file, name):
    check(load(library_file), name)


@pytest.fixture
def library(library_file):
    library = load(library_file)
    # Calling a function with the wrong types may end the process.
    for name in DECLARED:
        check(library, name)
    return library


def test_python_survives(library, library_file):
    # In a child, because the library could end the whole process.
    code = f"""
from sample import Words, load
words = Words(load({library_file!r}))
words.add(b"one two two")
for damaged in (b"\\xff", b"three " + b"x" * 21):
    try:
        words.add(damaged)
    except ValueError:
        pass
words.most_frequent()
"""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "RUST_BACKTRACE": "0"}
    child = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    if child.returncode < 0:
        ended = signal.Signals(-child.returncode).name
        # A long backtrace follows what happened.
        printed = "\n".join(child.stderr.splitlines()[:5])
        pytest.fail(f"the child was ended by {ended}:\n{printed}", pytrace=False)
    assert child.returncode == 0, child.stderr[-1500:]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([b"tea coffee tea"], ("tea", 2, 2 / 3)),
        ([b"b a", b"A  b\n", b""], ("a", 2, 0.5)),
        (["Übung übung macht den Meister".encode()], ("übung", 2, 0.4)),
        ([b"alone"], ("alone", 1, 1.0)),
        ([b"", b" "], None),
        ([], None),
    ],
)
def test_words_are_counted(library, texts, found):
    words = Words(library)
    for text in texts:
        words.add(text)
    assert words.most_frequent() == found
    # Asking changes nothing.
    assert words.most_frequent() == found


def test_two_counters_know_nothing_about_each_other(library):
    one, other = Words(library), Words(library)
    one.add(b"tea")
    assert other.most_frequent() is None
    other.add(b"coffee coffee")
    assert one.most_frequent() == ("tea", 1, 1.0)
    assert other.most_frequent() == ("coffee", 2, 1.0)


def test_the_library_reports_its_status(library):
    counts = library.counts_new()
    assert library.counts_add(counts, b"tea") == 0
    assert library.counts_add(counts, b"caf\xe9") == 1
    assert library.counts_add(counts, b"x" * 21) == 2
    assert library.counts_add(counts, b"") == 0
    library.counts_free(counts)


def test_what_is_damaged_is_not_counted(library):
    words = Words(library)
    words.add(b"tea")
    for damaged in (b"milk milk \xff", b"milk milk " + b"x" * 21):
        with pytest.raises(ValueError):
            words.add(damaged)
        assert words.most_frequent() == ("tea", 1, 1.0)


def test_nothing_is_written_if_there_is_nothing(library):
    counts = library.counts_new()
    found = Frequent(word=None, count=17, share=0.25)
    assert library.counts_most_frequent(counts, ctypes.byref(found)) is False
    assert (found.word, found.count, found.share) == (None, 17, 0.25)
    library.counts_free(counts)


def use(library) -> None:
    words = Words(library)
    words.add(b"a word and another word")
    with pytest.raises(ValueError):
        words.add(b"x" * 21)
    for _ in range(10):
        assert words.most_frequent() == ("word", 2, 0.4)


def test_all_memory_is_given_back(library):
    # Some memory is allocated once and kept.
    use(library)
    before = library.counts_in_use()
    for _ in range(10):
        use(library)
    assert library.counts_in_use() - before == 0


def test_memory_is_in_use_until_it_is_given_back(library):
    words = Words(library)
    words.add(b"tea coffee")
    before = library.counts_in_use()
    words.add(b"a few words that it has not seen yet")
    assert library.counts_in_use() > before
    del words
    assert library.counts_in_use() < before


def test_null_pointers_are_ignored(library):
    before = library.counts_in_use()
    library.counts_free(None)
    library.counts_free_string(None)
    assert library.counts_in_use() == before
