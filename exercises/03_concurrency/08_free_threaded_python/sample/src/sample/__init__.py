"""A shop whose tills share one price list."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from free_threaded_python import Prices

__all__ = ["totals"]


def totals(load: Callable[[], dict[str, int]], carts: Iterable[list[str]]) -> list[int]:
    """The price of each cart. Every till is a thread."""
    prices = Prices(load)

    def total(cart: list[str]) -> int:
        return sum(prices.price(article) for article in cart)

    with ThreadPoolExecutor(2) as tills:
        return list(tills.map(total, carts))
