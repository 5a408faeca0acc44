"""Finds functions of pytest that code of the project has replaced."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from wr_harness.private import DECIDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wr_harness.files import Project


def replaced(project: Project) -> Iterator[tuple[str, str]]:
    """The name of each replaced function, and the file that contains its code."""
    for module, names in DECIDING.items():
        for name in names:
            found: Any = sys.modules.get(module)
            for part in name.split("."):
                found = getattr(found, part, None)
            code = getattr(getattr(found, "__func__", found), "__code__", None)
            file = getattr(code, "co_filename", "")
            if project.owns(file):
                yield f"{module}.{name}", file
