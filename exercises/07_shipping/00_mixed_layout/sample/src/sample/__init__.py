"""A departure board for one bus line."""

from mixed_layout import Line, clock, minutes


def board(line: Line, now: str) -> str:
    """What the board shows at a time of day such as `"6:30"`."""
    departure = line.next(minutes(now))
    if departure is None:
        return f"{line.name}: no more buses today"
    return f"{line.name}: {clock(departure)}"
