"""A shop's receipts. Rust computes the prices."""

from modules import VAT_PERCENT, with_vat

__all__ = ["receipt"]


def receipt(items: dict[str, int]) -> list[str]:
    """The lines of a receipt for the given net prices in cents."""
    lines = [f"{name}: {with_vat(net) / 100:.2f}" for name, net in items.items()]
    return [*lines, f"VAT included: {VAT_PERCENT} %"]
