"""Fetches the month's statements from the bank."""

from collections.abc import Callable

from exception_hierarchies import MalformedEntry, StatementError, Truncated, read

__all__ = ["fetch", "summary"]


def fetch(download: Callable[[], str], attempts: int = 3) -> list[tuple[str, int]]:
    """The entries of a statement. A download that was cut off is repeated."""
    for _ in range(attempts - 1):
        try:
            return read(download())
        except Truncated:
            pass
    return read(download())


def summary(texts: list[str]) -> list[str]:
    """One line for each statement: its balance, or what to write to the bank."""
    lines = []
    for text in texts:
        try:
            lines.append(f"balance {sum(amount for _, amount in read(text))}")
        except MalformedEntry as error:
            lines.append(f"please correct line {error.line}")
        except StatementError as error:
            lines.append(f"please send it again: {error}")
    return lines
