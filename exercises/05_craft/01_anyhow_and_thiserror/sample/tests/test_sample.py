import os
import traceback

import pytest
from anyhow_and_thiserror import read_rates, total

from sample import bill

# As on a machine where someone looks for a bug. No message may depend on it.
os.environ["RUST_LIB_BACKTRACE"] = "1"

RATES = {"EUR": 1.0, "USD": 0.875, "DKK": 0.125}


class Closed(Exception):
    """An exception that the extension has never heard of."""


def failure(call, *arguments):
    """The exception that the call raises."""
    with pytest.raises(Exception) as caught:
        call(*arguments)
    return caught.value


def test_rates_are_read(tmp_path):
    path = tmp_path / "rates.txt"
    path.write_text("USD 0.875\nDKK 0.125\n")
    assert read_rates(path) == {"USD": 0.875, "DKK": 0.125}
    assert total([(8, "USD"), (16, "DKK")], RATES.get) == 9.0


def test_an_exception_of_python_arrives_unchanged():
    for original in (KeyError("USD"), Closed("until Monday"), TimeoutError()):

        def rate(currency, original=original):
            raise original

        error = failure(total, [(8, "USD")], rate)
        assert error is original
        assert error.__notes__ == ["converting 8 USD", "adding up the invoice"]
        # The innermost line of the traceback is still the one that raised it.
        frames = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)]
        assert frames[-1] is rate.__code__


def test_a_failed_conversion_is_a_type_error():
    for rate, kind in [(lambda currency: "much", TypeError), (lambda currency: 1 / 0, ZeroDivisionError)]:
        error = failure(total, [(0.5, "USD")], rate)
        assert type(error) is kind
        assert error.__notes__[-2:] == ["converting 0.5 USD", "adding up the invoice"]


def test_errors_of_the_system_keep_their_class(tmp_path):
    for path, kind in [(tmp_path / "none", FileNotFoundError), (tmp_path, (IsADirectoryError, PermissionError))]:
        error = failure(read_rates, path)
        assert isinstance(error, kind)
        assert str(error)
        assert "reading" not in str(error)
        assert error.__notes__ == ["reading the rates"]
    path = tmp_path / "latin1.txt"
    path.write_bytes(b"\xa3 1.5")
    assert type(failure(read_rates, path)) is OSError


def test_wrong_rates_are_a_value_error(tmp_path):
    path = tmp_path / "rates.txt"
    for text, message in [
        ("USD", "line 1 isn't a rate"),
        ("USD 1\nDKK one\n", "line 2 isn't a rate"),
        ("USD 1\nDKK -0.5", "DKK can't be -0.5"),
        ("GBP 0", "GBP can't be 0"),
    ]:
        path.write_text(text)
        error = failure(read_rates, path)
        assert type(error) is ValueError
        assert str(error) == message
        assert error.__notes__ == [f"in {path}"]


def test_an_unknown_currency_is_a_lookup_error():
    for currency in ("GBP", "dollars"):
        error = failure(total, [(8, "USD"), (1.5, currency)], RATES.get)
        assert type(error) is LookupError
        assert str(error) == f"there is no rate for {currency}"
        assert error.__notes__ == [f"converting 1.5 {currency}", "adding up the invoice"]


def test_everything_unforeseen_is_a_runtime_error_on_one_line():
    error = failure(total, [], RATES.get)
    assert type(error) is RuntimeError
    assert str(error) == "adding up the invoice: there is nothing to add up"


def test_bills():
    def rate(currency):
        if currency == "GBP":
            raise TimeoutError
        return RATES.get(currency)

    invoices = {"Ada": [(8, "USD")], "Bob": [(1, "GBP")], "Eve": [(1, "EUR"), (2, "XYZ")]}
    assert bill(invoices, rate) == {"Ada": "7.00", "Bob": "later", "Eve": "ask about it: there is no rate for XYZ"}
    with pytest.raises(RuntimeError):
        bill({"Ada": []}, rate)
