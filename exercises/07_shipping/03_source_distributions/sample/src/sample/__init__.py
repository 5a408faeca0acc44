"""Signs at stations."""

from source_distributions import altitude


def sign(station):
    """What the sign at a station says."""
    metres = altitude(station)
    return station if metres is None else f"{station}, {metres} m"
