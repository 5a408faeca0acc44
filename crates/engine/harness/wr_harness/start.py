"""The moment at which a run begins, and the clock and the alarm that begin with it."""

from __future__ import annotations

import faulthandler
import gc
import importlib
import sys
import time
from typing import TYPE_CHECKING, TextIO

from wr_harness.files import LIBRARY, is_installed

if TYPE_CHECKING:
    from wr_harness.gate import Gate
    from wr_harness.protocol import Reporter, Run


class Start:
    """Begins a run when `wr` says that what it tests is in place."""

    def __init__(self, run: Run, gate: Gate | None, reporter: Reporter) -> None:
        self.run = run
        self.gate = gate
        self.reporter = reporter
        self.is_over = False
        self.began: float | None = None
        self.trace: TextIO | None = None
        self.before = set(sys.modules)

    def wait(self, is_refused: bool = False) -> None:
        """Waits once; later calls return at once. `is_refused` means that pytest has ended already."""
        if self.is_over:
            return
        self.is_over = True
        # What is tested may not be in place yet, so a child that has loaded it may know an older version, or none.
        if self.gate is not None and self.gate.is_early and (is_refused or own_modules(self.before)):
            self.gate.decline()
        # What is loaded by now stays. The garbage collector shouldn't touch it, and so copy pages that processes share.
        gc.freeze()
        if self.gate is not None:
            self.gate.wait()
        self.began = time.perf_counter()
        # Directories may have been listed before the new module was put into them.
        importlib.invalidate_caches()
        # It stays open: `faulthandler` writes to it when the time is up.
        self.trace = open(self.run.trace, "w")  # noqa: SIM115
        self.arm(self.run.limit)

    def arm(self, seconds: float) -> None:
        """Has `faulthandler` note where the run is when its time is up, unless this is a fork that a test made."""
        if self.trace is None or not self.reporter.is_this_process():
            return
        faulthandler.dump_traceback_later(max(seconds, 0.001), file=self.trace)

    def rearm(self) -> None:
        """Does the same for the rest of the time, after something has cancelled it."""
        if self.began is not None:
            self.arm(self.run.limit - self.seconds())

    def seconds(self) -> float:
        """How long the run has taken, in seconds."""
        return 0.0 if self.began is None else time.perf_counter() - self.began


def own_modules(before: set[str]) -> list[str]:
    """The files of modules that were loaded since then and aren't installed, such as the project's own."""
    loaded = set(sys.modules) - before
    files = (getattr(sys.modules[name], "__file__", None) or LIBRARY for name in loaded)
    return [file for file in files if not is_installed(file)]
