"""A Python package that leaves one question to Rust."""

from setup import it_works

__all__ = ["status"]


def status() -> str:
    """Tells a person whether the extension works."""
    return "ready" if it_works() else "not ready"
