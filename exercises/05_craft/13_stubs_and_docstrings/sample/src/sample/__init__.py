"""Hikes, for people."""

from stubs_and_docstrings import Place, climb, highest

__all__ = ["describe"]


def describe(places: list[Place]) -> str:
    """A line about a hike."""
    top = highest(places)
    if top is None:
        return "no hike at all"
    return f"{climb(places)} m up, highest at {top.name}"
