from collections.abc import Sequence
from typing import final

__all__ = ["Line"]

@final
class Line:
    def __new__(cls, name: str, departures: Sequence[int]) -> Line: ...
    @property
    def name(self) -> str: ...
    def next(self, now: int) -> int | None: ...
