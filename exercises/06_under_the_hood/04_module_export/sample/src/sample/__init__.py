"""How long years are."""

from module_export import FIRST, is_leap

__all__ = ["days"]


def days(year: int) -> int:
    """The number of days in a year of the Gregorian calendar."""
    if year < FIRST:
        raise ValueError(f"the Gregorian calendar begins in {FIRST}")
    return 366 if is_leap(year) else 365
