import datetime
import gc
import inspect
import weakref

import by_hand
import pytest
from by_hand import largest

from sample import scale


def interpolate(*args):
    return by_hand.interpolate(*args)


class Stone:
    """Stones can be compared by weight, unless one is magic."""

    def __init__(self, weight, is_magic=False):
        self.weight = weight
        self.is_magic = is_magic

    def __gt__(self, other):
        if self.is_magic or other.is_magic:
            raise RuntimeError("it weighs nothing")
        return self.weight > other.weight


class Basket:
    """An iterator that may break."""

    def __init__(self, items, breaks=False):
        self.items = list(items)
        self.breaks = breaks

    def __iter__(self):
        return self

    def __next__(self):
        if self.items:
            return self.items.pop(0)
        if self.breaks:
            raise OSError("the basket is broken")
        raise StopIteration


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([1, 3, 2], 3),
        ((5,), 5),
        ([-2.5, -1.0, -7], -1.0),
        ("hello", "o"),
        ({"b": 1, "c": 0, "a": 2}, "c"),
        ([datetime.date(2026, 1, 31), datetime.date(2026, 2, 1)], datetime.date(2026, 2, 1)),
        ((n * n % 7 for n in range(7)), 4),
    ],
)
def test_the_largest_item(items, found):
    assert largest(items) == found


def test_of_equal_items_it_is_the_first():
    stones = [Stone(1), Stone(2), Stone(2), Stone(0)]
    assert largest(stones) is stones[1]


@pytest.mark.parametrize("items", [[], (), "", {}, iter([])])
def test_no_items_are_a_value_error(items):
    with pytest.raises(ValueError, match="^there are no items$"):
        largest(items)


def test_what_cannot_be_iterated_over_is_a_type_error():
    for items in (5, None, 2.5):
        with pytest.raises(TypeError, match="not iterable"):
            largest(items)


def test_exceptions_of_the_iterator_pass():
    for items in ([], [1], [1, 2, 0]):
        with pytest.raises(OSError, match="^the basket is broken$"):
            largest(Basket(items, breaks=True))


def test_exceptions_of_comparisons_pass():
    for stones in ([Stone(1), Stone(2, is_magic=True)], [Stone(1, is_magic=True), Stone(2), Stone(3)]):
        with pytest.raises(RuntimeError, match="^it weighs nothing$"):
            largest(stones)
    with pytest.raises(TypeError):
        largest([1, "one"])


def alive(make) -> int:
    """How many stones, baskets included, are left when `largest` has returned and nobody needs the result."""
    basket = make()
    watched = [weakref.ref(each) for each in (basket, *basket.items)]
    try:
        result = largest(basket)
    except (OSError, RuntimeError):
        result = None
    del basket, result
    gc.collect()
    return sum(each() is not None for each in watched)


@pytest.mark.parametrize("weights", [[1], [1, 2, 3], [3, 2, 1], [2, 2], []])
def test_nothing_stays_alive(weights):
    if weights:
        assert alive(lambda: Basket(map(Stone, weights))) == 0
    assert alive(lambda: Basket(map(Stone, weights), breaks=True)) == 0
    assert alive(lambda: Basket([*map(Stone, weights), Stone(9, is_magic=True), Stone(1)])) == 0


def test_the_result_stays_alive():
    result = largest(Basket([Stone(1), Stone(7), Stone(4)]))
    gc.collect()
    assert result.weight == 7
    watched = weakref.ref(result)
    del result
    assert watched() is None


@pytest.mark.parametrize(
    ("low", "high", "part", "found"),
    [
        (0, 10, 0.5, 5.0),
        (1.5, 2.5, 0.0, 1.5),
        (1.5, 2.5, 1, 2.5),
        (-1.0, 1.0, 0.5, 0.0),
        (1, -1, 1, -1.0),
        (0, 1, -1.0, -1.0),
        (-1, -1, -1, -1.0),
        (4, 8, True, 8.0),
    ],
)
def test_a_number_between_two_others(low, high, part, found):
    result = interpolate(low, high, part)
    assert (type(result), result) == (float, found)


def test_all_arguments_are_needed():
    for args in ((), (1,), (1, 2), (1, 2, 3, 4)):
        with pytest.raises(TypeError, match=r"^interpolate\(\) takes 3 arguments"):
            interpolate(*args)


def test_arguments_are_numbers():
    for args in (("1", 2, 3), (1, None, 3), (1, 2, [3])):
        with pytest.raises(TypeError, match="must be real number"):
            interpolate(*args)
    with pytest.raises(OverflowError):
        interpolate(0, 10**400, 0.5)


def test_python_knows_the_parameters():
    # The first lines of `ml_doc` are the signature.
    assert str(inspect.signature(by_hand.interpolate)) == "(low, high, part, /)"
    assert by_hand.interpolate.__doc__, "it has no docstring"


def test_part_of_the_largest():
    assert scale([2.0, 8.0, 4.0], 0.25) == 2.0
    with pytest.raises(ValueError):
        scale([], 0.25)
