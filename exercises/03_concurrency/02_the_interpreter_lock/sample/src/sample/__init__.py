"""Addresses and where they are. Lookups are slow, so each is done once."""

from collections.abc import Callable

from the_interpreter_lock import Memo

__all__ = ["Directory"]


class Directory:
    """Places by their address. `lookup` may be anything that knows them: a database, a service."""

    def __init__(self, lookup: Callable[[str], tuple[float, float]]) -> None:
        self.lookup = lookup
        self.memo = Memo()

    def place(self, address: str) -> tuple[float, float]:
        return self.memo.get(address, self.lookup)

    def street(self, addresses: list[str]) -> list[tuple[float, float]]:
        return [self.place(address) for address in addresses]
