"""A small shop. It publishes what happens, and others subscribe to that."""

from interpreter import publish, subscribe

__all__ = ["Stock", "sell"]


class Stock:
    """Counts what is left."""

    def __init__(self, **articles: int) -> None:
        self.articles = articles
        subscribe(self.take)

    def take(self, sale: tuple[str, int]) -> int:
        article, quantity = sale
        self.articles[article] -= quantity
        return self.articles[article]


def sell(article: str, quantity: int) -> list[object]:
    """Publishes a sale. The answers come from the subscribers."""
    return publish((article, quantity))
