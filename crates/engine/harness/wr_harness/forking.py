"""Serves requests by forking a child for each run."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import sys
from typing import TYPE_CHECKING

from wr_harness.captured import MOST_PRINTED, Captured
from wr_harness.gate import Gate
from wr_harness.load import load_of
from wr_harness.protocol import mark_end, parse_run
from wr_harness.run import run

if TYPE_CHECKING:
    from wr_harness.protocol import Reporter, Run

# How often to look at what a run has printed, in seconds.
PATIENCE = 0.2


class Child:
    """A child that was forked for a run, as its parent sees it."""

    def __init__(self, pid: int, run: Run, captured: Captured, gate: int, refusal: int) -> None:
        self.pid = pid
        self.run = run
        self.captured = captured
        # The parent's ends of the pipes of the child's `Gate`; `None` once they are closed.
        self.gate: int | None = gate
        self.refusal: int | None = refusal
        self.is_over = False

    def is_waiting(self) -> bool:
        """Whether the child hasn't been let through its gate."""
        return self.gate is not None

    def is_running(self) -> bool:
        """Whether the run has begun and hasn't ended."""
        return self.gate is None and not self.is_over

    def go(self) -> None:
        """Lets the child run."""
        if self.gate is not None:
            # A child that died while it waited is reported when it is reaped.
            with contextlib.suppress(OSError):
                os.write(self.gate, b"!")
            self.close_gate()

    def close_gate(self) -> None:
        """Closes the gate, which ends a child that waits at it."""
        if self.gate is not None:
            os.close(self.gate)
            self.gate = None

    def has_declined(self) -> bool:
        """Whether the child, which has ended, was configured too early. One that was told to stop doesn't count."""
        if self.refusal is None:
            return False
        try:
            said = os.read(self.refusal, 1)
        except BlockingIOError:
            said = b""  # A process that it left behind keeps the pipe open.
        self.close_refusal()
        return said == b"!"

    def close_refusal(self) -> None:
        """Stops listening for a refusal."""
        if self.refusal is not None:
            os.close(self.refusal)
            self.refusal = None

    def end(self) -> None:
        """Kills the child and everything in its process group."""
        self.close_gate()
        self.close_refusal()
        if not self.is_over:
            for send in (os.killpg, os.kill):
                with contextlib.suppress(OSError):
                    send(self.pid, signal.SIGKILL)


class Harness:
    """Takes requests and forks a child for each."""

    def __init__(self, control: int, reporter: Reporter) -> None:
        self.control = control
        self.reporter = reporter
        self.child: Child | None = None
        self.pending = b""
        # Directories in which pytest imports what is tested while it is configured.
        self.late: set[str] = set()
        self.selector = selectors.DefaultSelector()
        self.wake = os.pipe()

    def serve(self) -> None:
        """Serves requests until there are no more."""
        wake_read, wake_write = self.wake
        os.set_blocking(wake_read, False)
        os.set_blocking(wake_write, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        self.selector.register(self.control, selectors.EVENT_READ)
        self.selector.register(wake_read, selectors.EVENT_READ)
        while True:
            is_running = self.child is not None and self.child.is_running()
            for key, _ in self.selector.select(PATIENCE if is_running else None):
                if key.fd == wake_read:
                    with contextlib.suppress(BlockingIOError):
                        os.read(wake_read, 4096)
                elif not self.take_requests():
                    self.end_child()
                    return
            self.reap()
            self.bound_output()

    def bound_output(self) -> None:
        """Ends a run that prints too much."""
        if self.child is None or not self.child.is_running():
            return
        printed = self.child.captured.printed()
        if printed > MOST_PRINTED:
            self.reporter.send("exceeded", what="output", used=printed, most=MOST_PRINTED)
            self.child.end()

    def take_requests(self) -> bool:
        """Reads and obeys requests; returns whether more may come."""
        data = os.read(self.control, 65536)
        if not data:
            return False
        self.pending += data
        while b"\n" in self.pending:
            line, self.pending = self.pending.split(b"\n", 1)
            request = json.loads(line)
            if request["do"] == "prepare":
                self.end_child()
                self.reap()
                self.fork(parse_run(request))
            elif self.child is not None and request["do"] == "go":
                self.child.go()
            elif self.child is not None and request["do"] == "stop":
                if request.get("look"):
                    self.look(self.child)
                self.end_child()
        return True

    def look(self, child: Child) -> None:
        """Tells `wr` whether a child computes or waits."""
        load = None if child.is_over else load_of(child.pid)
        if load is not None:
            self.reporter.send("load", **load)

    def end_child(self) -> None:
        if self.child is not None:
            self.child.end()

    def fork(self, wanted: Run) -> None:
        """Forks a child that configures pytest and waits."""
        sys.stdout.flush()
        sys.stderr.flush()
        is_early = wanted.is_early and wanted.cwd not in self.late
        gate, opener = os.pipe()
        refusal, declining = os.pipe()
        os.set_blocking(refusal, False)
        captured = Captured()
        pid = os.fork()
        if pid:
            os.close(gate)
            os.close(declining)
            # The child does the same; the second call fails.
            with contextlib.suppress(OSError):
                os.setpgid(pid, pid)
            self.child = Child(pid, wanted, captured, opener, refusal)
            return
        self.reporter.take_over()
        os.setpgid(0, 0)
        captured.lend()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.selector.close()
        for descriptor in (opener, refusal, self.control, *self.wake):
            os.close(descriptor)
        sys.exit(run(wanted, self.reporter, Gate(gate, declining, is_early)))

    def reap(self) -> None:
        """Notes the child's end, and ends what it left behind."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if self.child is not None and pid == self.child.pid:
                self.ended(self.child, status)

    def ended(self, child: Child, status: int) -> None:
        """Reports the end of a child, or replaces one that was configured too early."""
        child.is_over = True
        with contextlib.suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
        if child.has_declined():
            self.begin_again(child)
            return
        code = os.waitstatus_to_exitcode(status)
        end = {"signal": -code} if code < 0 else {"status": code}
        if code < 0:
            child.captured.show()
        mark_end(child.run.id)
        self.reporter.send("exited", id=child.run.id, **end)

    def begin_again(self, declined: Child) -> None:
        """Forks another child in the place of one that was configured too early."""
        # What the first child printed isn't part of the run.
        mark_end(0)
        self.late.add(declined.run.cwd)
        is_requested = not declined.is_waiting()
        declined.end()
        self.fork(declined.run)
        if is_requested and self.child is not None:
            self.child.go()
