import gc
import weakref

import pytest
from interpreter import clear, publish, subscribe, subscribers

from sample import Stock, sell


@pytest.fixture(autouse=True)
def no_subscribers():
    clear()
    yield
    clear()


def test_everyone_is_called_in_order():
    assert publish("nobody listens") == []
    called = []
    subscribe(lambda event: called.append(("first", event)))
    subscribe(lambda event: called.append(("second", event)))
    publish("open")
    publish("closed")
    assert called == [("first", "open"), ("second", "open"), ("first", "closed"), ("second", "closed")]


def test_the_answers_come_back():
    assert publish("nobody listens") == []
    answer = object()
    subscribe(str.upper)
    subscribe(lambda event: answer)
    subscribe(len)
    answers = publish("rain")
    assert answers == ["RAIN", answer, 4]
    assert answers[1] is answer


def test_the_event_is_passed_on_unchanged():
    assert publish("nobody listens") == []
    seen = []
    subscribe(seen.append)
    for event in (object(), [1, 2], None, "text"):
        publish(event)
        assert seen.pop() is event


def test_subscribers_are_the_same_objects():
    assert subscribers() == []
    first, second = (lambda event: 1), (lambda event: 2)
    subscribe(first)
    subscribe(second)
    subscribe(first)
    for _ in range(2):
        found = subscribers()
        assert [id(s) for s in found] == [id(first), id(second), id(first)]


def test_an_exception_reaches_the_caller():
    assert publish("nobody listens") == []
    called = []
    subscribe(called.append)
    subscribe(lambda event: event / 0)
    subscribe(called.append)
    with pytest.raises(ZeroDivisionError):
        publish(1)
    assert called == [1]


def test_a_subscriber_may_subscribe_another():
    assert publish("nobody listens") == []
    called = []
    subscribe(lambda event: subscribe(called.append))
    publish("first")
    assert called == []
    publish("second")
    assert called == ["second"]


def test_subscribers_live_until_they_are_forgotten():
    assert publish("nobody listens") == []

    class Counter:
        def __call__(self, event):
            return event + 1

    counter = Counter()
    alive = weakref.ref(counter)
    subscribe(counter)
    del counter
    gc.collect()
    assert publish(1) == [2]
    clear()
    gc.collect()
    assert alive() is None


def test_a_shop_keeps_its_stock():
    assert sell("tea", 1) == []
    stock = Stock(tea=10, cups=4)
    assert sell("tea", 3) == [7]
    assert sell("cups", 4) == [0]
    assert stock.articles == {"tea": 7, "cups": 0}
