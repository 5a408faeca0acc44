"""A bird watcher's notes."""

from limited_api import short_name, total

__all__ = ["note"]


def note(species: str, *counts: int) -> str:
    """A line for the notebook: who was seen, and how many of them."""
    return f"{short_name(species)} {total(counts)}"
