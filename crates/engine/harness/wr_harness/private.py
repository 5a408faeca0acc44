"""The private names of pytest that the harness relies on, each with the reason why no public name will do.

No other module uses `_pytest`. Each function here does nothing if the name it relies on is gone.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def replace(module_name: str, name: str, make: Callable[[Any], Any]) -> None:
    """Puts `make(original)` in the place of a module's attribute; does nothing if there is no such attribute."""
    try:
        module = importlib.import_module(module_name)
    except ImportError:
        return
    original = getattr(module, name, None)
    if original is not None:
        setattr(module, name, make(original))


def load_plugins() -> None:
    """Loads pytest's own plugins, in pytest's order, so that each run finds them loaded.

    pytest offers no function for this: `pytest.main` would also run tests, or print.
    """
    try:
        from _pytest.config import get_config
    except ImportError:
        return
    get_config()


def lend_capture_files(files: Sequence[object]) -> None:
    """Makes pytest capture output in these files, first standard output and then standard error.

    The files of pytest's capture vanish with the process, and no option or hook sets them. What a crashed test had
    printed is in them.
    """
    lent = list(files)

    def make(original: Any) -> Any:
        def temporary_file(*args: Any, **options: Any) -> Any:
            return lent.pop(0) if lent else original(*args, **options)

        return temporary_file

    replace("_pytest.capture", "TemporaryFile", make)


def hide_rewritten_bytecode(is_hidden: Callable[[str], bool]) -> None:
    """Keeps pytest from reading and writing compiled files of the tests that `is_hidden` picks.

    `sys.dont_write_bytecode` is public but only stops the writing, and for all modules; pytest would still trust a
    stale file.
    """

    def make(original: Any) -> Any:
        def get_cache_dir(path: Any) -> Any:
            # There is no directory below a file, so pytest finds nothing there and writes nothing.
            return type(path)(os.devnull, "none") if is_hidden(str(path)) else original(path)

        return get_cache_dir

    replace("_pytest.assertion.rewrite", "get_cache_dir", make)


# Functions that decide whether a test passes, by module. A project that replaces one of them makes the outcome
# worthless, and only the functions themselves show that they were replaced.
DECIDING = {
    "_pytest.python": ("pytest_pyfunc_call", "Function.runtest", "Function.setup"),
    "_pytest.runner": (
        "pytest_runtest_protocol",
        "runtestprotocol",
        "call_and_report",
        "pytest_runtest_call",
        "pytest_runtest_makereport",
        "CallInfo.from_call",
    ),
    "_pytest.reports": ("TestReport.from_item_and_call",),
    "_pytest.assertion.rewrite": ("AssertionRewritingHook.exec_module", "rewrite_asserts"),
}
