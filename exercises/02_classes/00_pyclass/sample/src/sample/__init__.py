"""The van of a delivery service."""

from pyclass import label, load, redirect

__all__ = ["Van"]


class Van:
    """Loads parcels up to a total weight, in grams."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.parcels: list[object] = []

    def take(self, parcel: object) -> bool:
        """Whether the parcel still fits."""
        if load([*self.parcels, parcel]) > self.limit:
            return False
        self.parcels.append(parcel)
        return True

    def reroute(self, town: str) -> list[str]:
        """Redirects all parcels to one town, and returns the new labels."""
        for parcel in self.parcels:
            redirect(parcel, town)
        return [label(parcel) for parcel in self.parcels]
