"""Tells an editor what is in today's articles."""

from collections.abc import Iterable

import text_stats

__all__ = ["headline", "topics"]

FILLERS = ("the", "a", "an", "and", "of", "in", "is", "to")


def headline(title: str, text: str) -> str:
    """One line about an article."""
    try:
        summary = text_stats.summary(text)
    except ValueError:
        return f"{title}: empty"
    minutes = max(1, round(text_stats.reading_time(text)))
    return f"{title}: {summary['words']} words, {minutes} min"


def topics(articles: Iterable[str]) -> list[str]:
    """What the articles are about: words that occur more than once, with singular and plural counted together."""

    def topic(word: str) -> str | None:
        return None if word in FILLERS else word.removesuffix("s")

    return sorted(word for word, n in text_stats.count(articles, key=topic).items() if n > 1)
