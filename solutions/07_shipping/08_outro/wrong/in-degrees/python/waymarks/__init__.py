"""Distances on the globe."""

from ._native import distance
from ._parse import parse

__all__ = ["distance", "parse"]
