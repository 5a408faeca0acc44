"""Finds the lines of log files that matter."""

import gzip
import io
from pathlib import Path

from file_like_objects import grep

__all__ = ["errors", "extract"]


def errors(log: bytes) -> list[str]:
    """The lines of a log that report an error."""
    found = io.BytesIO()
    grep(io.BytesIO(log), found, b"ERROR")
    return found.getvalue().decode().splitlines()


def extract(archive: Path, result: Path, word: str) -> int:
    """The lines of a compressed log, in a file of their own."""
    with gzip.open(archive) as source, result.open("wb") as sink:
        return grep(source, sink, word.encode())
