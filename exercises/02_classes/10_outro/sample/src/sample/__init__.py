"""An exchange for a single product."""

from order_book import LimitedBook, Order, Side

__all__ = ["depth", "open_day"]


class Recorded(LimitedBook):
    """Keeps a line for each order it received."""

    def __init__(self, most: int) -> None:
        self.lines: list[str] = []

    def submit(self, order):
        number, trades = super().submit(order)
        self.lines.append(f"{number}: {order!r}, {len(trades)} trades")
        return number, trades


def open_day(lines: list[str], most: int) -> Recorded:
    """A book with the orders that came in overnight."""
    book = Recorded(most)
    book.submit_all(map(Order.parse, lines))
    return book


def depth(book) -> dict:
    """The total quantities wanted and offered."""
    found = {Side.BUY: 0, Side.SELL: 0}
    for number in book:
        found[book[number].side] += book[number].quantity
    return found
