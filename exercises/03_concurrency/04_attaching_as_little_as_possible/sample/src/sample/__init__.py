"""Finds where a word is used in a set of articles."""

import threading

from attaching_as_little_as_possible import search

__all__ = ["concordance"]


def concordance(articles: dict[str, str], word: str) -> dict[str, list[int]]:
    """The places of a word, by the titles of the articles that have it."""
    titles = list(articles)
    found: dict[str, list[int]] = {}
    lock = threading.Lock()

    def report(number: int, places: list[int]) -> None:
        with lock:
            found[titles[number]] = places

    search(list(articles.values()), word, report)
    return found
