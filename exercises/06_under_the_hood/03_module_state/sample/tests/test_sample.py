import gc
import sys
import weakref

import pytest

from sample import extension_file, new_module

try:
    import _interpreters
except ImportError:
    import _xxsubinterpreters as _interpreters


class Guest:
    pass


def run_elsewhere(code, is_isolated) -> None:
    """Runs code in another interpreter of this process, which either shares the GIL with this one or has its own."""
    if sys.version_info >= (3, 13):
        other = _interpreters.create("isolated" if is_isolated else "legacy")
    else:
        other = _interpreters.create(isolated=is_isolated)
    try:
        path = f"import sys; sys.path[:] = {sys.path!r}\n"
        if sys.version_info >= (3, 13):
            failure = _interpreters.exec(other, path + code)
            assert failure is None, failure.formatted
        else:
            _interpreters.run_string(other, path + code)
    finally:
        _interpreters.destroy(other)


@pytest.mark.parametrize("guests", [["Ann"], ["Ann", "Ben", "Ann"], [None, 5, ["Ben"]]])
def test_guests_are_counted(guests):
    book = new_module()
    assert book.last() is None
    for count, guest in enumerate(guests, start=1):
        assert book.enter(guest) == count
        assert book.last() is guest
    assert book.museum == "Museum of Tides"


def test_each_module_object_has_its_own_book():
    one, other = new_module(), new_module()
    assert [one.enter("Ann"), one.enter("Ben")] == [1, 2]
    assert other.last() is None
    assert other.enter("Cleo") == 1
    assert one.last() == "Ben"
    assert one.enter("Dan") == 3
    assert other.last() == "Cleo"


def test_a_guest_is_kept_as_long_as_needed():
    book = new_module()
    guests = [Guest(), Guest()]
    watched = [weakref.ref(guest) for guest in guests]
    book.enter(guests.pop(0))
    assert watched[0]() is book.last()
    book.enter(guests.pop(0))
    assert [each() is None for each in watched] == [True, False]
    assert watched[1]() is book.last()


def test_nothing_is_left_of_a_module_object():
    book = new_module()
    guest = Guest()
    watched = weakref.ref(guest), weakref.ref(book)
    book.enter(guest)
    del book, guest
    gc.collect()
    assert [each() for each in watched] == [None, None]


def test_nothing_is_left_even_without_the_collector():
    book = new_module()
    guest = Guest()
    watched = weakref.ref(guest), weakref.ref(book)
    book.enter(guest)
    # The functions of a module refer to it, so it's part of a cycle. Python breaks it like this when it exits.
    book.__dict__.clear()
    del book, guest
    assert [each() for each in watched] == [None, None]


def test_nothing_is_left_of_a_cycle():
    book = new_module()
    guest = Guest()
    # The book knows the guest, and the guest knows the book.
    guest.book = book
    watched = weakref.ref(guest), weakref.ref(book)
    book.enter(guest)
    del book, guest
    gc.collect()
    assert [each() for each in watched] == [None, None]


def test_nothing_is_left_of_a_cycle_that_only_the_module_can_break():
    book = new_module()
    ticket = object()
    before = sys.getrefcount(ticket)
    # A tuple can't let go of what is in it. The collector clears weak references first, so they don't tell whether it's gone.
    book.enter((book, ticket))
    del book
    gc.collect()
    assert sys.getrefcount(ticket) == before


def test_the_collector_leaves_what_is_needed():
    book = new_module()
    guest = Guest()
    guest.book = book
    watched = weakref.ref(guest)
    book.enter(guest)
    del guest
    gc.collect()
    assert book.last() is watched()
    assert book.last().book is book


def test_a_guest_may_enter_while_another_goes():
    book = new_module()

    class Talkative(Guest):
        def __del__(self):
            seen.append((book.last(), book.enter("an echo")))

    seen = []
    book.enter(Talkative())
    assert book.enter("Ben") == 2
    assert seen == [("Ben", 3)]
    assert book.last() == "an echo"


IN_ANOTHER = """
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("module_state", {file!r})
book = module_from_spec(spec)
spec.loader.exec_module(book)
assert book.last() is None, "someone has been here before"
counts = [book.enter(None) for _ in range(3)]
assert counts == [1, 2, 3], f"the guests are counted as {{counts}}"
"""


def test_another_interpreter_has_its_own_book():
    book = new_module()
    book.enter("Ann")
    run_elsewhere(IN_ANOTHER.format(file=extension_file()), is_isolated=False)
    assert book.enter("Ben") == 2
    assert book.last() == "Ben"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="needs Python 3.12")
def test_an_isolated_interpreter_may_load_it():
    book = new_module()
    book.enter("Ann")
    run_elsewhere(IN_ANOTHER.format(file=extension_file()), is_isolated=True)
    assert book.enter("Ben") == 2
    assert book.last() == "Ben"
