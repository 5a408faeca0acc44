"""Timetables of a railway."""

from iterators_and_containers import Journey

__all__ = ["fares", "reachable"]


def fares(journey: Journey) -> dict[tuple[str, str], int]:
    """The fare from each stop to each later one: two per stop, and one for the ticket."""
    found = {}
    for start, departure in enumerate(journey):
        for end, arrival in enumerate(journey):
            if start < end:
                found[departure, arrival] = 1 + 2 * (end - start)
    return found


def reachable(journeys: list[Journey], start: str) -> set[str]:
    """The places you can reach without changing trains."""
    return {journey[-1] for journey in journeys if start in journey} - {start}
