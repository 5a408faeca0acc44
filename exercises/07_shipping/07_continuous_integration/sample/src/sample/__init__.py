"""Journeys, for people."""

from continuous_integration import journey

__all__ = ["arrival"]


def arrival(departure: int, legs: list[int]) -> str:
    """When the last train arrives, if the first leaves so many minutes after midnight."""
    hours, minutes = divmod(departure + journey(legs), 60)
    return f"{hours % 24:02}:{minutes:02}"
