"""How long it takes to boil water."""

__all__ = ["seconds"]

def seconds(litres: float, *, watts: int = 2000) -> int | None: ...
