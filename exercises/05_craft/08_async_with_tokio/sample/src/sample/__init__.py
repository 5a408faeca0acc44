"""Finds the longest of many pages, and is polite to the servers."""

from collections.abc import Awaitable, Callable

from fetching import fetch_all

__all__ = ["longest"]


async def longest(fetch: Callable[[str], Awaitable[str]], urls: list[str]) -> str:
    """The URL of the longest page; the first of them, if there are several."""
    pages = await fetch_all(fetch, urls, 4)
    return urls[max(range(len(urls)), key=lambda position: len(pages[position]))]
