"""A job that looks at random rows of a table. It can be interrupted, and goes on later."""

import copy
import pickle

from pickling import Sampler

__all__ = ["Job", "forecast", "resume", "save"]


class Job:
    def __init__(self, rows: int, seed: int) -> None:
        self.sampler = Sampler(rows, seed)
        self.total = 0

    def work(self, steps: int) -> int:
        """Looks at some more rows, and returns the total so far."""
        for _ in range(steps):
            self.total += self.sampler.draw()
        self.sampler.notes.append(f"after {self.sampler.drawn}: {self.total}")
        return self.total


def save(job: Job) -> bytes:
    """The job as it is now, for a file."""
    return pickle.dumps(job)


def resume(saved: bytes) -> Job:
    """The job that was saved."""
    return pickle.loads(saved)


def forecast(job: Job, steps: int) -> int:
    """The total that the job will have after some more steps. The job itself doesn't change."""
    return copy.deepcopy(job).work(steps)
