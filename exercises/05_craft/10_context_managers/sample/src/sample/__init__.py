"""Orders that are shipped completely or not at all."""

from context_managers import Rollback, Warehouse

__all__ = ["Discontinued", "ship"]


class Discontinued(Rollback):
    """An item of the order isn't sold any more."""


def ship(warehouse: Warehouse, order: dict[str, int], discontinued: frozenset[str] = frozenset()) -> str:
    """Takes an order out of the warehouse and says what became of it."""
    try:
        with warehouse.transaction() as transaction:
            for item, count in order.items():
                transaction.add(item, -count)
                if item in discontinued:
                    raise Discontinued(item)
            return "shipped"
    except ValueError as error:
        return f"waiting ({error})"
    return "refused"
