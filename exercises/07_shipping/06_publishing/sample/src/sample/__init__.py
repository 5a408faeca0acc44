"""A shelf of books, for people."""

from publishing import is_isbn

__all__ = ["misprints"]


def misprints(numbers: list[str]) -> list[str]:
    """The numbers that can't be right."""
    return [number for number in numbers if not is_isbn(number)]
