import pytest
from callbacks import Store

from sample import order_form


def watched(store):
    """The list of all changes from now on."""
    changes = []
    store.subscribe(lambda name, value: changes.append((name, value)))
    return changes


def test_a_change_is_reported():
    store = Store()
    changes = watched(store)
    store.set("a", 1)
    store.set("b", 2)
    store.set("a", -3)
    assert changes == [("a", 1), ("b", 2), ("a", -3)]
    assert (store.get("a"), store.get("b")) == (-3, 2)


def test_without_a_change_there_is_no_call():
    store = Store()
    store.set("a", 1)
    changes = watched(store)
    store.set("a", 1)
    assert changes == []
    store.set("a", 2)
    store.set("a", 2)
    assert changes == [("a", 2)]


def test_subscribers_are_called_in_order():
    store = Store()
    called = []
    numbers = [store.subscribe(lambda name, value, who=who: called.append(who)) for who in "abcd"]
    store.set("x", 1)
    assert called == ["a", "b", "c", "d"]
    called.clear()
    store.unsubscribe(numbers[1])
    store.set("x", 2)
    assert called == ["a", "c", "d"]


def test_a_subscriber_may_read():
    store = Store()
    seen = []
    store.subscribe(lambda name, value: seen.append((value, store.get(name))))
    for value in [7, 8, 0]:
        store.set("a", value)
    assert seen == [(7, 7), (8, 8), (0, 0)]


def test_a_subscriber_may_set_other_values():
    store = Store()

    def double(name, value):
        if name == "a":
            store.set("double", 2 * value)

    store.subscribe(double)
    changes = watched(store)
    for value in [5, -1]:
        store.set("a", value)
        assert store.get("double") == 2 * value
    assert changes == [("double", 10), ("a", 5), ("double", -2), ("a", -1)]


def test_a_subscriber_may_subscribe():
    store = Store()
    late = []

    def recruit(name, value):
        if not late:
            late.append("recruited")
            store.subscribe(lambda name, value: late.append(value))

    store.subscribe(recruit)
    store.set("a", 1)
    assert late == ["recruited"]
    store.set("a", 2)
    store.set("b", 3)
    assert late == ["recruited", 2, 3]


def test_a_subscriber_may_unsubscribe():
    store = Store()
    called = []

    def once(name, value):
        called.append("once")
        for number in numbers:
            store.unsubscribe(number)

    numbers = [
        store.subscribe(once),
        store.subscribe(lambda name, value: called.append("removed meanwhile")),
    ]
    store.subscribe(lambda name, value: called.append("stays"))
    store.set("a", 1)
    assert called == ["once", "stays"]
    store.set("a", 2)
    assert called == ["once", "stays", "stays"]


@pytest.mark.parametrize("errors", [[LookupError("a")], [ValueError("b"), LookupError("c")]])
def test_an_exception_does_not_keep_the_others_from_being_called(errors):
    store = Store()

    def failing(error):
        def callback(name, value):
            raise error

        return callback

    first = watched(store)
    for error in errors:
        store.subscribe(failing(error))
    last = watched(store)
    with pytest.raises(type(errors[0])) as caught:
        store.set("a", 1)
    assert caught.value is errors[0]
    assert first == last == [("a", 1)]
    assert store.get("a") == 1


def test_the_fields_of_a_form():
    form = order_form()
    changes = watched(form)
    form.set("price", 20)
    assert (form.get("shipping"), form.get("total")) == (5, 25)
    form.set("amount", 6)
    assert (form.get("shipping"), form.get("total")) == (0, 120)
    form.set("amount", 2)
    assert (form.get("shipping"), form.get("total")) == (5, 45)
    assert changes[-1] == ("amount", 2)
