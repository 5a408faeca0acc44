"""Sends invoices, and knows what to do about the ones that can't be added up."""

from collections.abc import Callable

from anyhow_and_thiserror import total

__all__ = ["bill"]

Items = list[tuple[float, str]]


def bill(invoices: dict[str, Items], rate: Callable[[str], float | None]) -> dict[str, str]:
    """What happens to each invoice."""
    done = {}
    for customer, items in invoices.items():
        try:
            done[customer] = f"{total(items, rate):.2f}"
        except TimeoutError:
            done[customer] = "later"
        except LookupError as error:
            done[customer] = f"ask about it: {error}"
    return done
