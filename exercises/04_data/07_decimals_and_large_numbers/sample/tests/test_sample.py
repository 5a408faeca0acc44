from decimal import Decimal

import pytest
from decimals_and_large_numbers import gross, split

from sample import invoice, payout


@pytest.mark.parametrize(
    "net, rate, expected",
    [
        ("10.00", "0.19", "11.90"),
        ("19.99", "0.07", "21.39"),
        ("0.10", "0.20", "0.12"),
        ("100", "0", "100.00"),
        ("1E+3", "0.25", "1250.00"),
        ("0", "0.19", "0.00"),
        ("-10.00", "0.19", "-11.90"),
        ("12345678901234567890.12", "0.5", "18518518351851851835.18"),
    ],
)
def test_a_price_with_tax(net, rate, expected):
    price = gross(Decimal(net), Decimal(rate))
    assert isinstance(price, Decimal)
    assert str(price) == expected


@pytest.mark.parametrize(
    "net, rate, expected",
    [
        ("0.10", "0.05", "0.11"),  # 0.105
        ("0.50", "0.05", "0.53"),  # 0.525
        ("0.90", "0.05", "0.95"),  # 0.945
        ("-0.50", "0.05", "-0.53"),
        ("1.15", "0.10", "1.27"),  # 1.265, and as a float a little less
        ("0.10", "0.0499999999", "0.10"),
    ],
)
def test_half_a_cent_is_rounded_up(net, rate, expected):
    assert str(gross(Decimal(net), Decimal(rate))) == expected


@pytest.mark.parametrize("other", [10.5, 10, True, "10.50", None, [10], float("nan")], ids=repr)
def test_only_decimals_are_accepted(other):
    with pytest.raises(TypeError):
        gross(other, Decimal("0.19"))
    with pytest.raises(TypeError):
        gross(Decimal("10.50"), other)


@pytest.mark.parametrize(
    "value",
    [
        "0.12345678901234567890123456789012345",
        "1.00000000000000000000000000001",
        "-33333333333333.333333333333333333333",
        "1E-40",
        "1E+40",
        "79228162514264337593543950336",
        "NaN",
        "Infinity",
    ],
)
def test_a_value_that_would_be_changed_is_refused(value):
    with pytest.raises(ValueError):
        gross(Decimal(value), Decimal(0))
    with pytest.raises(ValueError):
        gross(Decimal(1), Decimal(value))


def test_digits_that_fit_are_accepted():
    # Zeros at the end don't change the value.
    assert str(gross(Decimal("1.1000000000000000000000000000000000000"), Decimal(0))) == "1.10"
    assert str(gross(Decimal("1.0049999999999999999999999999"), Decimal(0))) == "1.00"
    assert str(gross(Decimal("79228162514264337593543950.33"), Decimal(0))) == "79228162514264337593543950.33"


@pytest.mark.parametrize("net, rate", [("79228162514264337593543950335", "1"), ("-1E+28", "9"), ("1", "79228162514264337593543950335")])
def test_a_price_that_is_too_large_is_an_overflow(net, rate):
    with pytest.raises(OverflowError):
        gross(Decimal(net), Decimal(rate))


@pytest.mark.parametrize(
    "amount, weights, shares",
    [
        (100, [1, 1], [50, 50]),
        (100, [1, 1, 1], [34, 33, 33]),
        (5, [3, 3, 3, 3], [2, 1, 1, 1]),
        (5, [0, 1, 1], [1, 2, 2]),
        (0, [7], [0]),
        (2**64, [1, 3], [2**62, 3 * 2**62]),
        (10**60, [2, 1], [(2 * 10**60) // 3 + 1, 10**60 // 3]),
        (10**400 + 1, [10**300, 10**300], [5 * 10**399 + 1, 5 * 10**399]),
    ],
    ids=["even", "odd", "remainder", "no weight", "nothing", "65 bits", "200 bits", "1330 bits"],
)
def test_an_amount_is_split(amount, weights, shares):
    assert split(amount, weights) == shares
    assert sum(split(amount, weights)) == amount


@pytest.mark.parametrize(
    "amount, weights",
    [(-1, [1]), (-(10**30), [1]), (10, [2, -1]), (10, [-1, -1]), (10, []), (10, [0, 0])],
    ids=["negative", "very negative", "negative weight", "negative weights", "no weights", "sum 0"],
)
def test_it_cannot_be_split(amount, weights):
    with pytest.raises(ValueError):
        split(amount, weights)


def test_only_whole_numbers_are_split():
    assert split(10, [1, 1]) == [5, 5]
    for amount in (10.0, Decimal(10), "10"):
        with pytest.raises(TypeError):
            split(amount, [1, 1])


def test_the_books_balance():
    assert invoice(["0.50", "0.50", "10.00"], "0.05") == "to pay: 11.56"
    paid = payout("1000000000.5", {"ada": 2, "bob": 1})
    assert paid == {"ada": 666666667000000000000000000, "bob": 333333333500000000000000000}
    assert sum(payout("0.1", {"ada": 1, "bob": 1, "cleo": 1}).values()) == 10**17
