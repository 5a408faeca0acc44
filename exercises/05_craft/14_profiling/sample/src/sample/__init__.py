"""Orders of a bookshop, as its database library returns them."""

from collections.abc import Iterable

from invoices import totals

__all__ = ["Line", "bill"]

PRICES = {"atlas": 4900, "novel": 1250, "comic": 895}


class Line:
    """A line of an order. Its attributes are Python functions: a real one would convert a column here."""

    def __init__(self, article: str, count: int) -> None:
        self._row = (article, count)

    @property
    def article(self) -> str:
        return self._row[0]

    @property
    def count(self) -> int:
        return self._row[1]


def bill(orders: Iterable[Iterable[Line]]) -> list[str]:
    """What the customers have to pay."""
    done = []
    cents = totals(orders, PRICES.__getitem__, done.append)
    return [f"order {number}: {total / 100:.2f}" for number, total in zip(done, cents, strict=True)]
