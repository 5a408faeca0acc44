import pytest
from arguments import total

from sample import summary

TEA = ("tea", 2, 350)
CUP = ("cup", 6, 799)


def test_lines_are_added_up():
    assert total([]) == 0
    assert total([TEA]) == 700
    assert total([TEA, CUP, TEA]) == 700 + 4794 + 700
    assert total([("ship", 3, 4_000_000_000)]) == 12_000_000_000


def test_special_prices_replace_the_others():
    assert total([TEA, CUP], {}) == 5494
    assert total([TEA, CUP], {"tea": 300}) == 5394
    assert total([TEA, CUP], {"tea": 0, "cup": 1, "spoon": 5}) == 6
    assert total([TEA, CUP], special=None) == 5494


def test_any_sequence_of_lines_works():
    assert total(()) == 0
    assert total((TEA, CUP)) == 5494
    assert total([TEA] * 1000) == 700_000


def test_negative_numbers_are_refused():
    assert total([TEA]) == 700
    with pytest.raises(OverflowError):
        total([TEA, ("cup", -1, 799)])
    with pytest.raises(OverflowError):
        total([TEA, ("cup", 1, -799)])
    with pytest.raises(OverflowError):
        total([TEA], {"tea": -1})


def test_a_value_that_is_not_a_number_is_refused():
    assert total([TEA]) == 700
    with pytest.raises(TypeError):
        total([("tea", 2.5, 350)])
    with pytest.raises(TypeError):
        total([("tea", 2, "350")])
    with pytest.raises(TypeError):
        total([TEA], {"coffee": None})


def test_a_malformed_line_is_refused():
    assert total([TEA]) == 700
    with pytest.raises(ValueError):
        total([("tea", 2)])
    with pytest.raises(TypeError):
        total(["tea"])
    with pytest.raises(TypeError):
        total("tea")


def test_an_invoice_is_summed_up():
    assert summary([TEA, CUP]) == "2 items, 54.94 in all"
    assert summary([TEA], {"tea": 302}) == "1 items, 6.04 in all"
