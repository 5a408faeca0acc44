"""The pytest plugin for workers of pytest-xdist, whose reports then say as much as those of a run without workers.

pytest loads this module in the controller too, where it does nothing.
PYTEST_DONT_REWRITE
"""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

# The environment variable in which the controller names the extension under test.
WANTED = "WR_MODULE"
# The key under which a worker hands its imports to the controller.
IMPORTED = "wr_imported"

if "PYTEST_XDIST_WORKER" in os.environ:
    from wr_harness.describing import Describing
    from wr_harness.files import Project
    from wr_harness.imports import imported
    from wr_harness.protocol import Wanted

    @pytest.hookimpl(trylast=True)
    def pytest_configure(config: pytest.Config) -> None:
        config.pluginmanager.register(Describing(Project(os.getcwd())), "wr_describing")

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(session: Any) -> None:
        wanted = os.environ.get(WANTED)
        if wanted is not None:
            session.config.workeroutput[IMPORTED] = json.dumps(imported(Wanted(*json.loads(wanted))))
