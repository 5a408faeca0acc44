"""A signal box with a list of signals."""

from importlib.resources import files

from ._native import may_pass

__all__ = ["SIGNALS", "may_pass"]

SIGNALS = files(__name__).joinpath("signals.txt").read_text(encoding="utf-8").split()
