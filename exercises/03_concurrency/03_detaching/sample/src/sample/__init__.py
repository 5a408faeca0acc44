"""Sends letters. Stamps are searched for in the background, and a letter can be withdrawn."""

from concurrent.futures import Future, ThreadPoolExecutor

from detaching import Cancel, stamp

__all__ = ["Letter"]


class Letter:
    """A letter whose stamp is being searched for."""

    def __init__(self, text: str, bits: int, workers: ThreadPoolExecutor) -> None:
        self.cancel = Cancel()
        self.stamp: Future[int | None] = workers.submit(stamp, text, bits, self.cancel)

    def withdraw(self) -> None:
        self.cancel.give()
