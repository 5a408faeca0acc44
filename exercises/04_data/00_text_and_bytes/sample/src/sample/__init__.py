"""Looks through log files."""

from pathlib import Path

from text_and_bytes import Log

__all__ = ["complaints"]


def complaints(path: Path) -> list[str]:
    """The lines that report an error, each with its number."""
    log = Log(path.read_bytes())
    return [f"{number + 1}: {log.line(number)}" for number in log.search("ERROR")]
