"""The pytest plugin for the controller of pytest-xdist, whose workers collect and run the tests."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from wr_harness.reports import EXIT
from wr_harness.worker import IMPORTED, WANTED

if TYPE_CHECKING:
    from wr_harness.protocol import Reporter, Wanted
    from wr_harness.start import Start


class Workers:
    """What the workers know and the controller doesn't.

    Objects of pytest-xdist have no types here, since it may not be installed.
    """

    def __init__(self, reporter: Reporter, start: Start, wanted: Wanted | None) -> None:
        self.reporter = reporter
        self.start = start
        self.wanted = wanted
        self.exits: dict[str, dict[str, int]] = {}
        self.is_collected = False
        self.imported: list[dict[str, object]] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_setupnodes(self) -> None:
        os.environ.pop(WANTED, None)
        if self.wanted is not None:
            os.environ[WANTED] = json.dumps(self.wanted)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        # Every worker collects all tests.
        if not self.is_collected:
            self.is_collected = True
            self.reporter.send("collected", count=len(ids), seconds=self.start.seconds())

    @pytest.hookimpl(optionalhook=True, tryfirst=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        self.imported += json.loads(getattr(node, "workeroutput", {}).get(IMPORTED, "[]"))
        if error:
            self.exits[node.gateway.id] = exit_of(node)

    @pytest.hookimpl(optionalhook=True)
    def pytest_handlecrashitem(self, report: Any) -> None:
        vars(report)[EXIT] = self.exits.get(report.node.gateway.id, {})


def exit_of(node: Any) -> dict[str, int]:
    """How a worker that is gone ended; nothing if that isn't known."""
    # Private to execnet, which has no public name for the worker's process.
    process: Any = getattr(getattr(node.gateway, "_io", None), "popen", None)
    try:
        code = process.wait(timeout=5)
    except Exception:
        return {}
    return {"signal": -code} if code < 0 else {"status": code}
