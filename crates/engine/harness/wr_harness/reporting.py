"""The pytest plugin that tells `wr` what pytest does, as it does it."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest

from wr_harness.protocol import shorten
from wr_harness.reports import values_of
from wr_harness.tampering import replaced

if TYPE_CHECKING:
    from wr_harness.files import Project
    from wr_harness.protocol import Reporter
    from wr_harness.reads import Reads
    from wr_harness.start import Start

# What pytest makes of exceptions that reach `sys.unraisablehook` and `threading.excepthook`.
UNHANDLED = (pytest.PytestUnraisableExceptionWarning, pytest.PytestUnhandledThreadExceptionWarning)


class Reporting:
    """Sends an event for everything that matters to a verdict, and has the run begin when it should."""

    def __init__(self, reporter: Reporter, project: Project, start: Start, reads: Reads) -> None:
        self.reporter = reporter
        self.project = project
        self.start = start
        self.reads = reads

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> None:
        # An installed plugin may import what is tested as soon as the session starts; pytest's own plugins don't.
        if config.pluginmanager.list_plugin_distinfo():
            self.start.wait()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        self.reads.look_at(session.config)
        self.start.wait()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.outcome == "failed":
            self.reporter.send("collect_failed", **values_of(report, self.project))
        elif report.outcome == "skipped":
            self.reporter.send("collect_skipped", **values_of(report, self.project))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.reporter.send("collected", count=len(session.items), seconds=self.start.seconds())

    def pytest_runtest_logstart(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        file, line, _ = location
        self.reporter.send("test_started", id=nodeid, file=file, line=(line or 0) + 1)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.reporter.send("test", **values_of(report, self.project))

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.reporter.send("test_finished", id=nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_exception_interact(self) -> None:
        # pytest's plugin for `faulthandler` has just cancelled the alarm, in case somebody debugs the failure.
        self.start.rearm()

    def pytest_warning_recorded(self, warning_message: warnings.WarningMessage, nodeid: str) -> None:
        # Raised where no code can catch it: when an object was dropped, or in a thread.
        if issubclass(warning_message.category, UNHANDLED):
            self.reporter.send("unraisable", id=nodeid, text=shorten(str(warning_message.message)))

    def pytest_internalerror(self, excrepr: object) -> None:
        self.reporter.send("internal_error", text=shorten(str(excrepr)))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        for name, file in replaced(self.project):
            self.reporter.send("replaced", name=name, file=self.project.shown(file))
