"""An order form. Its fields depend on each other, and follow each other's changes."""

from callbacks import Store

__all__ = ["order_form"]


def order_form() -> Store:
    """A form with the fields `price`, `amount` and `shipping`, and with a `total` that is always up to date."""
    form = Store()

    def update(name: str, value: int) -> None:
        if name == "total":
            return
        # Large orders are shipped for free.
        goods = form.get("price") * form.get("amount")
        form.set("shipping", 0 if goods >= 100 else 5)
        form.set("total", goods + form.get("shipping"))

    for name, value in [("price", 0), ("amount", 1), ("shipping", 5), ("total", 5)]:
        form.set(name, value)
    form.subscribe(update)
    return form
