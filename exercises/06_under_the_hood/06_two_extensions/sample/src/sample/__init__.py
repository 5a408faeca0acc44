"""Yesterday's weather. It has only one of the two extensions: programs that draw a chart have both."""

from two_extensions import Reading

__all__ = ["yesterday"]


def yesterday() -> list[Reading]:
    """What the thermometers said."""
    return [Reading("Bern", 21.5), Reading("Thun", 19.0), Reading("Gurten", 24.0)]
