"""Where modules were loaded from, and what they contain."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

from wr_harness.protocol import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from wr_harness.protocol import Wanted


def lacking_module(error: BaseException) -> str | None:
    """The name of the module that lacks something, if an exception is about one."""
    if isinstance(error, ImportError):
        return error.name
    module = error.obj if isinstance(error, AttributeError) else None
    return module.__name__ if type(module) is type(sys) else None


def offered(name: str | None) -> list[str]:
    """The public names in a loaded module."""
    module = sys.modules.get(name or "")
    return sorted(name for name in getattr(module, "__dict__", {}) if not name.startswith("_"))


def origin_of(name: str) -> str | None:
    """Where a module was loaded from; `None` if it was made by hand or isn't loaded."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    origin = getattr(spec, "origin", None)
    return origin if isinstance(origin, str) else None


def imported(wanted: Wanted) -> list[dict[str, object]]:
    """Where the extension and the package around it were loaded from, and whether `wr` expects them there.

    Modules that the tests didn't import are left out.
    """
    found: list[dict[str, object]] = []

    def look(name: str, is_fresh: Callable[[str], bool]) -> None:
        origin = origin_of(name)
        if origin is not None:
            found.append({"module": name, "origin": origin, "is_fresh": is_fresh(os.path.realpath(origin))})

    package = wanted.module.split(".")[0]
    if package != wanted.module:
        homes = [os.path.realpath(home) for home in wanted.packages]
        look(package, lambda origin: os.path.dirname(os.path.dirname(origin)) in homes)
    home = os.path.realpath(wanted.home) + os.sep
    look(wanted.module, lambda origin: origin.startswith(home))
    return found


def import_now(wanted: Wanted) -> dict[str, object] | None:
    """Imports the extension if no test has, because it may not be importable at all; returns why not."""
    if wanted.module in sys.modules:
        return None
    try:
        importlib.import_module(wanted.module)
    except BaseException as error:
        text = f"{type(error).__name__}: {error}"
        name = lacking_module(error)
        return {"text": shorten(text), "name": name, "offered": offered(name)}
    return None
