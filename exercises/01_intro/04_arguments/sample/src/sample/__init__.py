"""Invoices, as the office prints them."""

from collections.abc import Sequence

from arguments import total

__all__ = ["summary"]


def summary(lines: Sequence[tuple[str, int, int]], special: dict[str, int] | None = None) -> str:
    """The last line of an invoice."""
    cents = total(lines, special)
    return f"{len(lines)} items, {cents // 100}.{cents % 100:02} in all"
