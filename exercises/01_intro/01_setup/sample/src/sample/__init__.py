"""A package written in Python that leaves one question to Rust."""

from setup import it_works

__all__ = ["status"]


def status() -> str:
    """What a person reads who wants to know whether the extension is in order."""
    return "ready" if it_works() else "not ready"
