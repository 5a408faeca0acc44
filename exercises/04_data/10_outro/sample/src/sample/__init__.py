"""How much rain fell at the stations of a weather service."""

from typing import BinaryIO

from column_table import Table

__all__ = ["rain", "wettest"]


def rain(file: BinaryIO) -> Table:
    """The sum, the mean and the wettest day of each station."""
    days = Table.read(file)
    return days.group(
        "station",
        [
            ("mm", "sum"),
            ("mm", "mean"),
            {"column": "mm", "how": "max", "name": "wettest day"},
            {"column": "mm", "how": "count", "name": "days"},
        ],
    )


def wettest(file: BinaryIO) -> str:
    """The station with the most rain."""
    table = rain(file)
    return table["station"][table["sum_mm"].argmax()]
