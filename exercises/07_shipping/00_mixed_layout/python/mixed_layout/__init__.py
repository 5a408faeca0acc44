"""Timetables of buses."""

# TODO: offer `Line` from the compiled module, and `clock` and `minutes` from `clock.py`, under the package's own name.
