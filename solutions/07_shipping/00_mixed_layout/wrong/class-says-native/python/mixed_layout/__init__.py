"""Timetables of buses."""

from ._native import Line
from .clock import clock, minutes

__all__ = ["Line", "clock", "minutes"]
