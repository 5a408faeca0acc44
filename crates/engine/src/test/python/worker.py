"""What a pytest-xdist worker adds to its reports, so that the harness, which runs in the controller, knows as much about a failure
as it would without workers.

pytest loads this file as the plugin `wr_worker` in the controller and in every worker. In the controller it does nothing.
PYTEST_DONT_REWRITE
"""

import os

if "PYTEST_XDIST_WORKER" in os.environ:
    import importlib.util
    import json

    import pytest

    _file = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "harness.py")
    _spec = importlib.util.spec_from_file_location("wr_harness", _file)
    _harness = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(_harness)

    @pytest.hookimpl(trylast=True)
    def pytest_configure(config):
        config.pluginmanager.register(_harness.make_describing()(None, os.getcwd(), None), "wr_describing")

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(session):
        wanted = json.loads(os.environ.get("WR_MODULE", "null"))
        if wanted is not None:
            session.config.workeroutput["wr_imported"] = json.dumps(_harness.imported(wanted))
