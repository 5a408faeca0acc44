"""Retries until it works."""

from collections.abc import Callable

from constructors import RetryPolicy, waits

__all__ = ["CAREFUL", "call"]

CAREFUL = RetryPolicy(5, first=1.0, limit=4.0)


def call(action: Callable[[], object], policy: RetryPolicy, wait: Callable[[float], None]) -> object:
    """The result of `action`, once it no longer raises `ConnectionError`."""
    for seconds in waits(policy):
        try:
            return action()
        except ConnectionError:
            wait(seconds)
    return action()
