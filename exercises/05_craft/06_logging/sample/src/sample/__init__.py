"""Imports measurements, and tells people which lines could not be used."""

import logging

from logged import read

__all__ = ["import_text"]


class Collector(logging.Handler):
    """Keeps the messages of everything that went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def import_text(text: str) -> tuple[dict[str, float], list[str]]:
    """The temperatures by place, and the complaints."""
    logger = logging.getLogger("logged")
    collector = Collector()
    logger.addHandler(collector)
    try:
        return dict(read(text)), collector.messages
    finally:
        logger.removeHandler(collector)
