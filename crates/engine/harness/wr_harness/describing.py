"""The pytest plugin that describes failures in the process where they happen, which may be a worker of pytest-xdist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wr_harness.reports import keep_error

if TYPE_CHECKING:
    from collections.abc import Generator

    from pluggy import Result

    from wr_harness.files import Project


class Describing:
    """Keeps the description of an exception with the report on it."""

    def __init__(self, project: Project) -> None:
        self.project = project

    # An old-style wrapper, because versions of pluggy that pytest 7 accepts know no other.
    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, Result[pytest.TestReport], None]:
        outcome = yield
        # An exception of another plugin is passed on as it is.
        if outcome.excinfo is None and call.excinfo is not None:
            keep_error(outcome.get_result(), call.excinfo.value, self.project)

    @pytest.hookimpl(tryfirst=True)
    def pytest_exception_interact(
        self, call: pytest.CallInfo[object], report: pytest.CollectReport | pytest.TestReport
    ) -> None:
        # For a test this comes after its report was sent; for a module that can't be collected, before.
        if isinstance(report, pytest.CollectReport) and call.excinfo is not None:
            keep_error(report, call.excinfo.value, self.project)
