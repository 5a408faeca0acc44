"""Asks the library from Python, through `ctypes`."""

import ctypes

__all__ = ["load"]


def load(path: str) -> ctypes.CDLL:
    """The library in a file, with the types of its functions declared."""
    library = ctypes.CDLL(path)
    library.tides_height.argtypes = [ctypes.c_double, ctypes.c_double, ctypes.c_double]
    library.tides_height.restype = ctypes.c_double
    library.tides_next_high.argtypes = [ctypes.c_double]
    library.tides_next_high.restype = ctypes.c_double
    return library
