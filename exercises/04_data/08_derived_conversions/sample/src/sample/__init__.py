"""A web shop."""

import json
from dataclasses import dataclass

from derived_conversions import label, postage

__all__ = ["Customer", "send"]


@dataclass
class Customer:
    name: str
    country_code: str


def send(order: str, customer: Customer) -> str:
    """What to print on the parcel for an order, which comes as JSON."""
    parcel = json.loads(order) | {"to": customer}
    cents = postage(parcel)
    return f"{label(parcel)}: {cents // 100}.{cents % 100:02}"
