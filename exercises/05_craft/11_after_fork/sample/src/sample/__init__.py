"""A journal for a server that forks its workers."""

import os
from pathlib import Path

from after_fork import Journal

__all__ = ["open_in_every_process", "work"]


def open_in_every_process(path: Path) -> Journal:
    """A journal that every forked child reopens before it does anything else."""
    journal = Journal(path)
    os.register_at_fork(after_in_child=journal.reopen)
    return journal


def work(journal: Journal, jobs: list[str]) -> int:
    """Does some jobs, notes each of them, and returns how many there were."""
    for job in jobs:
        journal.write(f"did {job}")
    journal.flush()
    return len(jobs)
