"""Counts words with a library that knows nothing about Python."""

import ctypes

__all__ = ["Frequent", "Words", "load"]


class Frequent(ctypes.Structure):
    """The counterpart of the Rust struct."""

    _fields_ = [("word", ctypes.c_void_p), ("count", ctypes.c_uint32), ("share", ctypes.c_double)]


def load(path: str) -> ctypes.CDLL:
    """The library in a file, with the types of its functions declared."""
    library = ctypes.CDLL(path)
    library.counts_in_use.argtypes = []
    library.counts_in_use.restype = ctypes.c_size_t
    library.counts_new.argtypes = []
    library.counts_new.restype = ctypes.c_void_p
    library.counts_free.argtypes = [ctypes.c_void_p]
    library.counts_free.restype = None
    library.counts_add.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.counts_add.restype = ctypes.c_int32
    library.counts_most_frequent.argtypes = [ctypes.c_void_p, ctypes.POINTER(Frequent)]
    library.counts_most_frequent.restype = ctypes.c_bool
    library.counts_free_string.argtypes = [ctypes.c_void_p]
    library.counts_free_string.restype = None
    return library


class Words:
    """Words and how often they were seen."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self._counts = library.counts_new()

    def __del__(self) -> None:
        self._library.counts_free(self._counts)

    def add(self, text: bytes) -> None:
        """Counts the words of a text."""
        status = self._library.counts_add(self._counts, text)
        if status == 1:
            raise ValueError("the text isn't UTF-8")
        if status == 2:
            raise ValueError("the text contains something that isn't a word")

    def most_frequent(self) -> tuple[str, int, float] | None:
        """The most frequent word, how often it was seen, and its share of all words."""
        found = Frequent()
        if not self._library.counts_most_frequent(self._counts, ctypes.byref(found)):
            return None
        try:
            return ctypes.string_at(found.word).decode(), found.count, found.share
        finally:
            free = ctypes.CDLL(None).free
            free.argtypes = [ctypes.c_void_p]
            free(found.word)
