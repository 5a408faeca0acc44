import sys
from collections import Counter

import pytest
from invoices import totals

from sample import Line, bill

PRICES = {"atlas": 4900, "novel": 1250, "comic": 895}


def price(article):
    return PRICES[article]


def progress(done):
    pass


def crossings(function, *arguments):
    """The result of a call, and how often each Python function was called meanwhile."""
    calls = Counter()

    def note(frame, event, argument):
        if event == "call":
            calls[frame.f_code.co_name] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        result = function(*arguments)
    finally:
        sys.setprofile(before)
    return result, calls


def orders(*texts):
    """Orders such as `"3 atlas, 1 novel"`."""
    return [[Line(article, int(count)) for count, article in map(str.split, text.split(","))] for text in texts]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2 atlas"], [9800]),
        (["1 novel, 1 comic, 2 novel"], [4645]),
        (["1 atlas", "3 novel, 1 atlas", "2 comic"], [4900, 8650, 1790]),
        (["1 comic, 1000 comic"] * 50, [895895] * 50),
    ],
    ids=["one line", "one order", "several orders", "many orders"],
)
def test_python_is_called_as_rarely_as_possible(texts, expected):
    lines = ", ".join(texts).split(", ")
    result, calls = crossings(totals, orders(*texts), price, progress)
    assert result == expected
    assert calls["price"] == len({line.split()[1] for line in lines})
    assert (calls["article"], calls["count"]) == (len(lines), len(lines))
    assert calls["progress"] == len(texts)


@pytest.mark.parametrize("new", [1, 5000])
def test_the_next_call_asks_for_prices_again(monkeypatch, new):
    twice = orders("2 novel, 3 novel")
    assert crossings(totals, twice, price, progress) == ([6250], Counter(article=2, count=2, price=1, progress=1))
    monkeypatch.setitem(PRICES, "novel", new)
    assert crossings(totals, twice, price, progress) == ([5 * new], Counter(article=2, count=2, price=1, progress=1))


@pytest.mark.parametrize(("good", "asked"), [("1 atlas, 1 atlas", 2), ("2 novel, 3 novel", 2), ("5 comic, 1 atlas", 3)])
def test_an_exception_ends_it(good, asked):
    made = orders(good, "2 yacht", "1 comic")
    calls = Counter()

    def strict(article):
        calls[article] += 1
        return PRICES[article]

    done = []
    with pytest.raises(KeyError, match="yacht"):
        totals(made, strict, done.append)
    assert (calls.total(), done) == (asked, [1])


def test_iterables_are_read_as_they_come():
    events = []

    def lines(number):
        events.append(f"order {number}")
        yield Line("novel", number)
        yield Line("novel", number)

    def ask(article):
        events.append(article)
        return 100

    assert totals((lines(number) for number in (1, 2)), ask, events.append) == [200, 400]
    assert events == ["order 1", "novel", 1, "order 2", 2]


def test_bills():
    result, calls = crossings(bill, orders("1 novel", "2 atlas, 2 atlas"))
    assert result == ["order 1: 12.50", "order 2: 196.00"]
    assert calls["article"] == calls["count"] == 3
