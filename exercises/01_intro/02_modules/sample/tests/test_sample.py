import modules

from sample import receipt


def test_the_function_has_the_name_python_expects():
    assert modules.with_vat(1000) == 1200
    assert modules.with_vat(999) == 1199
    assert modules.with_vat(0) == 0
    assert not hasattr(modules, "gross")


def test_the_rate_can_be_read():
    assert modules.VAT_PERCENT == 20
    assert modules.with_vat(100) - 100 == modules.VAT_PERCENT


def test_the_module_says_what_it_is_for():
    assert modules.__doc__ == "Prices with value added tax."


def test_a_receipt_uses_the_module():
    assert receipt({"tea": 250, "cake": 375}) == ["tea: 3.00", "cake: 4.50", "VAT included: 20 %"]
