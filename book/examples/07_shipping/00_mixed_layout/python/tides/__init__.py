"""When the water is high."""

from ._native import Tide, following


def on_day(first: Tide) -> list[Tide]:
    """The first high tide of a day and those that follow until midnight."""
    tides = [first]
    while (tide := following(tides[-1])).minute < 1440:
        tides.append(tide)
    return tides


__all__ = ["Tide", "following", "on_day"]
