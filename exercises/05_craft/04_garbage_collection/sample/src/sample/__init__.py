"""Rooms of a chat, which come and go."""

from garbage_collection import Hub

__all__ = ["Room"]


class Room:
    """A room has its own hub, and listens to it."""

    def __init__(self, *topics: str) -> None:
        self.hub = Hub()
        self.heard: list[tuple[str, object]] = []
        self.lost: list[tuple[str, object]] = []
        for topic in topics:
            self.hub.subscribe(topic, self.hear)
        self.hub.fallback = self.lose

    def hear(self, topic: str, event: object) -> None:
        self.heard.append((topic, event))

    def lose(self, topic: str, event: object) -> None:
        self.lost.append((topic, event))
