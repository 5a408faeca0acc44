"""A service that measures its own steps, by name."""

from collections.abc import Callable
from typing import Any

from immutable_classes import Meter, total

__all__ = ["Service"]


class Service:
    """Each step has its own meter. Steps may call other steps."""

    def __init__(self) -> None:
        self.meters: dict[str, Meter] = {}

    def step(self, name: str, work: Callable[[], Any]) -> Any:
        return self.meters.setdefault(name, Meter()).measure(work)

    def summary(self) -> str:
        calls, failures = total(list(self.meters.values()))
        return f"{calls} calls, {failures} failures"
