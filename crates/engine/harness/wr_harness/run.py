"""One run of pytest in this process."""

from __future__ import annotations

import faulthandler
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from wr_harness.bytecode import ignore_bytecode
from wr_harness.describing import Describing
from wr_harness.files import Project
from wr_harness.imports import import_now, imported
from wr_harness.reads import Reads, scratch
from wr_harness.reporting import Reporting
from wr_harness.start import Start
from wr_harness.workers import Workers

if TYPE_CHECKING:
    from wr_harness.gate import Gate
    from wr_harness.protocol import Reporter, Run


def run(request: Run, reporter: Reporter, gate: Gate | None = None) -> int:
    """Runs pytest once; returns its exit code."""
    start = Start(request, gate, reporter)
    os.chdir(request.cwd)
    os.environ.update(request.env)
    ignore_bytecode()
    reads = Reads((scratch(), *request.own))
    sys.addaudithook(reads.note)
    expose(request)
    # Pytest rarely imports the project's code while it is configured. If it does, the child declines.
    if gate is None or not gate.is_early:
        start.wait()

    sys.argv[:] = ["pytest", *request.args]
    project = Project(request.cwd)
    workers = Workers(reporter, start, request.module)
    plugins = [Describing(project), Reporting(reporter, project, start, reads), workers]
    # Workers of pytest-xdist get the same arguments, and with them the plugin that belongs to them.
    status = int(pytest.main(["-p", "wr_harness.worker", *request.args], plugins=plugins))
    # If pytest ended before the run began, because its configuration is broken, that is the answer once `wr` asks.
    start.wait(is_refused=True)
    if request.module is not None:
        # After failed tests, the import would come too late to explain anything.
        may_import = status in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) and not workers.imported
        error = import_now(request.module) if may_import else None
        reporter.send("imported", found=imported(request.module) + workers.imported, error=error)
    reads.report(reporter)
    reporter.send("finished", status=status, seconds=start.seconds())
    faulthandler.cancel_dump_traceback_later()
    return status


def expose(request: Run) -> None:
    """Makes what is under test importable as if it were installed, here and in every Python that a test starts."""
    hook: dict[str, Any] = {"__name__": "wr_site", "__file__": request.site}
    with open(request.site) as file:
        exec(compile(file.read(), request.site, "exec"), hook)
    hook["place"](request.path)
    sys.path.extend(request.late_path)
