import gc
import weakref

import pytest
from garbage_collection import Hub

from sample import Room


class Listener:
    def __init__(self, hub=None):
        self.hub = hub
        self.heard = []

    def __call__(self, topic, event):
        self.heard.append((topic, event))


def hubs():
    """How many hubs there are."""
    return sum(type(thing) is Hub for thing in gc.get_objects())


def is_destroyed(make):
    """Whether the result of `make` is destroyed, with all hubs, as soon as only its own parts refer to it."""
    before = hubs()
    still_there = weakref.ref(make())
    gc.collect()
    # A weak reference is dead as soon as the collector has found the circle, even if it can't break it. So count, too.
    return still_there() is None and hubs() == before


@pytest.mark.parametrize("topics", [["mail"], ["mail", "news"], ["a", "b", "c", "d", "e"]], ids=len)
def test_a_listener_that_knows_the_hub_is_destroyed(topics):
    for place in topics:

        def make(place=place):
            hub = Hub()
            # Only one of them knows the hub.
            listeners = {topic: Listener(hub if topic == place else None) for topic in topics}
            for topic, listener in listeners.items():
                hub.subscribe(topic, listener)
            return listeners[place]

        assert is_destroyed(make)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_every_subscriber_of_a_topic_counts(place):
    def make():
        hub = Hub()
        listeners = [Listener(hub if place == number else None) for number in range(3)]
        for listener in listeners:
            hub.subscribe("mail", listener)
        assert hub.publish("mail", "hello") == 3
        return listeners[place]

    assert is_destroyed(make)


def test_a_fallback_counts_too():
    def make():
        hub = Hub()
        hub.fallback = listener = Listener(hub)
        assert hub.publish("mail", "hello") == 1
        assert listener.heard == [("mail", "hello")]
        return listener

    assert is_destroyed(make)


def test_hubs_that_forward_to_each_other_are_destroyed():
    # Here, nobody but the hubs can break the circle.
    def make():
        one, two = Hub(), Hub()
        one.subscribe("mail", two.publish)
        two.subscribe("news", one.publish)
        assert one.publish("mail", "hello") == 1
        return one

    def make_with_fallback():
        one, two = Hub(), Hub()
        one.fallback = two.publish
        two.fallback = one.publish
        return two

    assert is_destroyed(make)
    assert is_destroyed(make_with_fallback)
    assert Hub().publish("mail", "hello") == 0


def test_what_is_in_use_stays():
    hub = Hub()
    listener, other = Listener(hub), Listener(hub)
    hub.subscribe("mail", listener)
    hub.subscribe("mail", other)
    hub.fallback = other
    gc.collect()
    assert hub.publish("mail", 1) == 2
    assert hub.publish("news", 2) == 1
    assert listener.heard == [("mail", 1)]
    assert other.heard == [("mail", 1), ("news", 2)]
    still_there = weakref.ref(hub)
    # The listeners alone keep the hub.
    del hub
    gc.collect()
    assert still_there().publish("mail", 3) == 2
    del listener, other
    gc.collect()
    assert still_there() is None


def test_a_collection_may_happen_during_an_event():
    def make():
        hub = Hub()
        listener = Listener(hub)
        hub.subscribe("mail", lambda topic, event: gc.collect())
        hub.subscribe("mail", listener)
        for event in range(3):
            assert hub.publish("mail", event) == 2
        assert [event for _, event in listener.heard] == [0, 1, 2]
        return listener

    assert is_destroyed(make)


def test_rooms_come_and_go():
    def make():
        room = Room("mail", "news")
        for topic in ("news", "sports", "mail"):
            room.hub.publish(topic, len(topic))
        assert room.heard == [("news", 4), ("mail", 4)]
        assert room.lost == [("sports", 6)]
        return room

    assert is_destroyed(make)
    assert is_destroyed(lambda: make().hub)
