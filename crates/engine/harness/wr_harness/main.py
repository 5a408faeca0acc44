"""Loads pytest, says that it is ready, and serves."""

from __future__ import annotations

import gc
import json
import os
import sys
from typing import TYPE_CHECKING

from wr_harness.protocol import Reporter, mark_end, parse_run

if TYPE_CHECKING:
    from wr_harness.protocol import Run

# The oldest pytest that has all the hooks the harness uses. `wr` checks the installed version before it starts
# anything; this catches a pytest that was installed without metadata.
OLDEST_PYTEST = (7, 0)


def main() -> int:
    """Runs the harness; returns the exit code."""
    reporter = Reporter(os.dup(1))
    control = os.dup(0)
    silence_standard_streams()
    try:
        import pytest
    except ImportError as error:
        reporter.send("unusable", text=str(error))
        return 1
    # The attribute came with pytest 7.0.
    if getattr(pytest, "version_tuple", (0, 0))[:2] < OLDEST_PYTEST:
        oldest = ".".join(map(str, OLDEST_PYTEST))
        reporter.send("unusable", text=f"pytest {pytest.__version__} is too old: wr needs pytest {oldest} or newer")
        return 1
    # Only pytest is loaded in advance. A module may behave differently if it is imported before the one that would have
    # imported it, as `_asyncio` does before `asyncio`.
    from wr_harness.bytecode import keep_own_compiled
    from wr_harness.forking import Harness
    from wr_harness.private import load_plugins

    load_plugins()
    gc.collect()
    gc.freeze()
    is_reusable = hasattr(os, "fork") and sys.platform != "darwin"
    searched = [os.path.abspath(directory) for directory in sys.path if os.path.isdir(directory)]
    reporter.send("ready", pytest=pytest.__version__, reusable=is_reusable, loaded=loaded_files(), searched=searched)
    keep_own_compiled()
    if is_reusable:
        Harness(control, reporter).serve()
        return 0
    return serve_once(control, reporter)


def silence_standard_streams() -> None:
    """Gives tests nothing to read, and sends what they print to standard error, so that nothing passes for an event."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)


def serve_once(control: int, reporter: Reporter) -> int:
    """Serves one run in this process; returns its exit code."""
    from wr_harness.run import run

    prepared: Run | None = None
    with os.fdopen(control, "rb") as lines:
        for line in lines:
            request = json.loads(line)
            if request["do"] == "prepare":
                prepared = parse_run(request)
            elif request["do"] == "go" and prepared is not None:
                status = run(prepared, reporter)
                sys.stderr.flush()
                mark_end(prepared.id)
                reporter.send("exited", id=prepared.id, status=status)
                return status
    return 0


def loaded_files() -> list[str]:
    """The files of all loaded modules: if one of them changes, this process is out of date."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return sorted({os.path.abspath(file) for file in files if isinstance(file, str)})
