"""A journey, for people."""

import waymarks

__all__ = ["journey"]


def journey(places: list[str]) -> float:
    """The kilometres from the first place to the last, through all others."""
    points = [waymarks.parse(place) for place in places]
    return sum(waymarks.distance(start, end) for start, end in zip(points, points[1:], strict=False))
