"""The bookkeeping of a shop: finds out which invoices its customers have paid."""

import asyncio

from awaitable import matching

__all__ = ["settle"]


async def settle(payments: dict[str, int], invoices: dict[str, list[int]]) -> dict[str, list[int] | None]:
    """Which of their invoices the customers have paid: the amounts, or `None` if nothing fits. All searches run at once."""
    customers = list(payments)
    found = await asyncio.gather(*(matching(payments[name], invoices[name]) for name in customers))
    return {
        name: None if positions is None else [invoices[name][position] for position in positions]
        for name, positions in zip(customers, found)
    }
