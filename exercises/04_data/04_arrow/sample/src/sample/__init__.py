"""Warns of floods, with measurements from any library that knows Arrow."""

from typing import Any

from arro3.core import Table
from arrow_streams import Levels, highest

__all__ = ["collect", "warning"]


def collect(levels: dict[str, float | None]) -> Table:
    """The levels of several stations, in a table of another library."""
    return Table.from_arrow(Levels(list(levels), list(levels.values())))


def warning(data: Any, limit: float) -> str:
    """What to announce, given a table with a column `level`."""
    top = highest(data, "level")
    if top is None:
        return "no levels"
    return f"flood: {top:.2f} m" if top > limit else "all quiet"
