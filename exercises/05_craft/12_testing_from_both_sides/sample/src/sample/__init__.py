"""Palettes for charts."""

from collections.abc import Iterable

from testing_from_both_sides import mix

__all__ = ["between"]


def between(colours: Iterable[str]) -> list[str]:
    """The colours halfway between neighbours."""
    colours = list(colours)
    return [mix(pair) for pair in zip(colours, colours[1:], strict=False)]
