"""A reading room: texts are indexed in the background while visitors search."""

from collections.abc import Iterable
from concurrent.futures import Executor, Future
from pathlib import Path

from word_index import Index

__all__ = ["ReadingRoom"]


class ReadingRoom:
    """An index of text files, by the names of the files."""

    def __init__(self, clerks: Executor) -> None:
        self.clerks = clerks
        self.index = Index()
        self.counted = 0

    def take_in(self, paths: Iterable[Path]) -> Future[None]:
        """Returns at once. The texts are in the index when the result is available."""
        texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
        return self.clerks.submit(self.index.add, texts, every=1, progress=self.note)

    def note(self, counted: int) -> None:
        self.counted = max(self.counted, counted)

    def where(self, word: str) -> list[str]:
        return [title for title, _ in self.index.search(word)]
