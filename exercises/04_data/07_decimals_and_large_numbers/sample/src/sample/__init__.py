"""Invoices, and a fund that pays out its tokens."""

from decimal import Decimal

from decimals_and_large_numbers import gross, split

__all__ = ["invoice", "payout"]


def invoice(prices: list[str], rate: str) -> str:
    """The sum of an invoice: each line is rounded, and then they are added."""
    lines = [gross(Decimal(price), Decimal(rate)) for price in prices]
    return f"to pay: {sum(lines)}"


def payout(tokens: str, stakes: dict[str, int]) -> dict[str, int]:
    """Who gets how much, in units of 10**-18 tokens, the way blockchains count."""
    units = int(Decimal(tokens).scaleb(18))
    return dict(zip(stakes, split(units, list(stakes.values())), strict=True))
