"""The age of the library, for people."""

import datetime

from reproducible_builds import built_at

__all__ = ["built_on"]


def built_on() -> datetime.date:
    """The day on which the library was built, in UTC."""
    return datetime.datetime.fromtimestamp(built_at(), datetime.UTC).date()
