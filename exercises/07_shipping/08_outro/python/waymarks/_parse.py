"""Reads places that people have written. This file is complete."""

import re

PATTERN = re.compile(r"\s*(\d+(?:\.\d*)?)\s*([NS])[\s,]+(\d+(?:\.\d*)?)\s*([EW])\s*", re.IGNORECASE)


def parse(text: str) -> tuple[float, float]:
    """The latitude and the longitude of a place such as `46.95 N, 7.45 E`."""
    found = PATTERN.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} isn't a place")
    latitude, north, longitude, east = found.groups()
    return (
        float(latitude) * (1 if north in "Nn" else -1),
        float(longitude) * (1 if east in "Ee" else -1),
    )
