"""Tests of a child as its parent sees it."""

import os

from wr_harness.captured import Captured
from wr_harness.forking import Child
from wr_harness.load import busy_seconds
from wr_harness.protocol import Run

RUN = Run(1, "/", [], [], [], {}, "/s", None, [], "/t", False, 1.0)


def test_a_child_that_declined_says_so_once() -> None:
    gate, opener = os.pipe()
    refusal, declining = os.pipe()
    os.set_blocking(refusal, False)
    child = Child(0, RUN, Captured(), opener, refusal)
    child.is_over = True
    os.write(declining, b"!")
    assert child.is_waiting()
    assert child.has_declined()
    assert not child.has_declined()
    child.go()
    assert os.read(gate, 1) == b"!"
    assert not child.is_waiting()
    child.end()
    os.close(gate)
    os.close(declining)


def test_a_process_that_is_gone_was_not_busy() -> None:
    assert busy_seconds(2**22 + 1) == {}
