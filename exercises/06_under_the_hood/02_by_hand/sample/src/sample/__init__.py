"""Uses the extension as if it were like any other."""

import by_hand

__all__ = ["scale"]


def scale(values: list[float], part: float) -> float:
    """A number that is this part of the largest one."""
    return by_hand.interpolate(0, by_hand.largest(values), part)
