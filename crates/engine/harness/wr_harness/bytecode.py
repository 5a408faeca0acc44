"""Which compiled files exist: those of the harness always, those of source files that people edit never.

Python trusts a compiled file by the size of its source and the second in which it was saved, and a file that is saved
twice within a second may keep its size. Installed packages keep their compiled files, as they do without `wr`.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

from wr_harness.files import is_installed
from wr_harness.private import hide_rewritten_bytecode, replace


def ignore_bytecode() -> None:
    """Turns off compiled files for everything that no installer put where it is."""

    def make(original: Any) -> Any:
        def cache_from_source(path: Any, *args: Any, **options: Any) -> Any:
            if not is_installed(os.fspath(path)):
                raise NotImplementedError  # How Python says that a source has no place for its compiled file.
            return original(path, *args, **options)

        return cache_from_source

    # Private to Python. `sys.dont_write_bytecode` only stops the writing, `sys.pycache_prefix` moves the compiled files
    # of installed packages too, and a loader of our own would miss modules that tests load by their path.
    replace("importlib._bootstrap_external", "cache_from_source", make)
    hide_rewritten_bytecode(lambda path: not is_installed(path))


def keep_own_compiled() -> None:
    """Writes the compiled files of this package, which Python itself doesn't do under `PYTHONDONTWRITEBYTECODE`.

    Without them, every start would compile the package again.
    """
    if not sys.dont_write_bytecode:
        return
    for name, module in list(sys.modules.items()):
        spec = module.__spec__ if name.partition(".")[0] == "wr_harness" else None
        if spec is None or spec.origin is None or spec.cached is None or os.path.exists(spec.cached):
            continue
        import py_compile

        with contextlib.suppress(OSError):
            py_compile.compile(spec.origin, spec.cached, quiet=2)
