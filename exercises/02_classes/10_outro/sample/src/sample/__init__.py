"""An exchange for one kind of goods."""

from order_book import LimitedBook, Order, Side

__all__ = ["depth", "open_day"]


class Recorded(LimitedBook):
    """Keeps a line for each order that came in."""

    def __init__(self, most: int) -> None:
        self.lines: list[str] = []

    def submit(self, order):
        number, trades = super().submit(order)
        self.lines.append(f"{number}: {order!r}, {len(trades)} trades")
        return number, trades


def open_day(lines: list[str], most: int) -> Recorded:
    """A book with the orders that came in over night."""
    book = Recorded(most)
    book.submit_all(map(Order.parse, lines))
    return book


def depth(book) -> dict:
    """How much is wanted and offered in all."""
    found = {Side.BUY: 0, Side.SELL: 0}
    for number in book:
        found[book[number].side] += book[number].quantity
    return found
