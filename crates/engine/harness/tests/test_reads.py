"""Tests of what counts as read."""

import os

from wr_harness.reads import Reads, sources


def test_a_file_that_the_run_created_is_not_input() -> None:
    reads = Reads(("/own",))
    reads.note("open", ("/p/new", "w", 0))
    reads.note("open", ("/p/new", "r", 0))
    reads.note("open", ("/p/old", "r", 0))
    reads.note("open", ("/own/cache", "r", 0))
    reads.note("open", (7, "r", 0))
    assert reads.files == {"/p/old"}
    assert reads.unseen == set()


def test_a_file_that_is_changed_makes_the_outcome_uncertain() -> None:
    reads = Reads(())
    reads.note("open", ("/p/log", "a", 0))
    reads.note("open", ("/p/data", None, os.O_RDWR))
    assert reads.files == {"/p/log", "/p/data"}
    assert reads.unseen == {"it changes a file that already existed"}


def test_programs_and_the_network_are_noted() -> None:
    reads = Reads(())
    reads.note("subprocess.Popen", ("ls", [], None, None))
    reads.note("socket.connect", (None, None))
    reads.note("compile", (None, None))
    assert reads.unseen == {"it starts programs", "it uses the network"}


def test_imports_and_listings_are_noted() -> None:
    reads = Reads(())
    reads.note("import", ("m", "/p/m.so", None, None, None))
    reads.note("import", ("sys", None, None, None, None))
    reads.note("os.listdir", ("/p",))
    reads.note("ctypes.dlopen", ("libm.so.6",))
    assert reads.files == {"/p/m.so"}
    assert reads.directories == {"/p"}


def test_a_name_that_is_not_text_makes_the_outcome_uncertain() -> None:
    reads = Reads(())
    reads.note("open", (b"/p/\xff", "r", 0))
    assert reads.files == set()
    assert reads.unseen == {"it reads a file whose name isn't Unicode"}


def test_a_compiled_file_stands_for_its_source() -> None:
    assert list(sources("/p/__pycache__/m.cpython-311.pyc")) == ["/p/m.py"]
    assert list(sources("/p/m.pyc")) == ["/p/m.pyc"]
    assert list(sources("/dev/null")) == []
