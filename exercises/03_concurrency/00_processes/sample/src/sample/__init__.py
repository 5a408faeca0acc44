"""Who sends the most requests? Reads many log files in parallel, each in a process of its own."""

from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path

from processes import Tally

__all__ = ["tally_file", "tally_files"]


def tally_file(path: Path) -> Tally:
    """What a worker does: the first word of each line says who sent the request."""
    tally = Tally()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            tally.add(line.split(maxsplit=1)[0])
    return tally


def tally_files(paths: Iterable[Path], workers: Executor) -> Tally:
    """Little crosses between the processes: a path on the way there, a tally on the way back."""
    total = Tally()
    for tally in workers.map(tally_file, paths):
        total.merge(tally)
    return total
