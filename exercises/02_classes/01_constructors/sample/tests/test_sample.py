import math

import pytest
from constructors import RetryPolicy, waits


def test_every_argument_has_a_default():
    assert waits(RetryPolicy()) == [0.5, 1.0]
    assert waits(RetryPolicy(1)) == []
    assert waits(RetryPolicy(4)) == [0.5, 1.0, 2.0]
    assert waits(RetryPolicy(attempts=2)) == [0.5]


def test_options_are_keyword_only():
    assert waits(RetryPolicy(4, first=0.1, factor=10.0)) == pytest.approx([0.1, 1.0, 10.0])
    assert waits(RetryPolicy(5, first=1, factor=1)) == [1.0, 1.0, 1.0, 1.0]
    with pytest.raises(TypeError):
        RetryPolicy(4, 0.1)


def test_a_limit_can_be_left_out():
    assert waits(RetryPolicy(5, first=1.0, limit=3.0)) == [1.0, 2.0, 3.0, 3.0]
    assert waits(RetryPolicy(3, first=1.0, factor=1e9)) == [1.0, 1e9]
    assert waits(RetryPolicy(3, first=1.0, factor=1e9, limit=None)) == [1.0, 1e9]
    assert waits(RetryPolicy(3, first=2.0, limit=2.0)) == [2.0, 2.0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("attempts", 0),
        ("first", -0.5),
        ("first", math.nan),
        ("factor", 0.5),
        ("factor", math.nan),
        ("limit", 0.25),
        ("limit", math.nan),
    ],
)
def test_invalid_values_are_refused(name, value):
    with pytest.raises(ValueError, match=name):
        RetryPolicy(**{name: value})


def test_the_smallest_valid_values_are_accepted():
    assert waits(RetryPolicy(3, first=0.0, factor=1.0, limit=0.0)) == [0.0, 0.0]


def test_the_wrong_kind_of_argument():
    assert waits(RetryPolicy(2)) == [0.5]
    with pytest.raises(TypeError):
        RetryPolicy("3")
    with pytest.raises(OverflowError):
        RetryPolicy(-1)
    with pytest.raises(TypeError):
        RetryPolicy(delay=1.0)


def test_it_is_an_ordinary_class():
    policies = [RetryPolicy(n) for n in (1, 2, 3)]
    assert [len(waits(policy)) for policy in policies] == [0, 1, 2]
    assert all(type(policy) is RetryPolicy for policy in policies)
    assert len({id(policy) for policy in policies}) == 3


def test_a_program_retries():
    from sample import CAREFUL, call

    answers = iter([ConnectionError(), ConnectionError(), "hello"])

    def ask():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    waited = []
    assert call(ask, CAREFUL, waited.append) == "hello"
    assert waited == [1.0, 2.0]
