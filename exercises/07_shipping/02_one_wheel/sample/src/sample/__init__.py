"""Price lists for a print shop."""

from one_wheel import tabulate


def price_list(prices, quantities):
    """One line for each quantity: the quantity and its price, according to the function `prices`."""
    return [f"{quantity}: {price:.2f}" for quantity, price in tabulate(prices, tuple(quantities))]
