from collections import namedtuple
from types import MappingProxyType, SimpleNamespace

import pytest
from derived_conversions import label, postage

from sample import Customer, send

ADA = Customer("Ada", "CH")
BOB = Customer("Bob", "FR")
PARCEL = {"grams": 50, "size": 10, "to": ADA}


@pytest.mark.parametrize(
    "size, litres",
    [
        (10, 1),
        (20, 8),
        ((10, 20, 30), 6),
        ({"length": 50, "width": 40}, 2),
        ({"length": 50, "width": 40, "height": 30}, 60),
        ({"length": 100, "diameter": 5}, 3),
        (MappingProxyType({"height": 10, "width": 10, "length": 20}), 2),
    ],
    ids=["cube", "large cube", "sides", "envelope", "box", "tube", "another mapping"],
)
def test_sizes_have_many_forms(size, litres):
    assert postage(PARCEL | {"size": size}) == 100 * litres + 50
    assert postage(PARCEL | {"size": size, "to": BOB}) == 3 * (100 * litres + 50)


def test_keys_may_be_missing():
    assert postage(PARCEL) == 150
    assert postage(PARCEL | {"count": 3}) == 450
    assert postage(PARCEL | {"express": True}) == 300
    assert postage(PARCEL | {"express": False, "count": 2, "note": None}) == 300
    assert label(PARCEL) == "1 x Ada, CH (no note)"
    assert label(PARCEL | {"note": None}) == "1 x Ada, CH (no note)"
    assert label(PARCEL | {"note": "fragile", "count": 2}) == "2 x Ada, CH (fragile)"


@pytest.mark.parametrize("key", ["grams", "size", "to"])
def test_other_keys_may_not(key):
    parcel = {other: value for other, value in PARCEL.items() if other != key}
    for function in (postage, label):
        with pytest.raises(KeyError) as error:
            function(parcel)
        assert error.value.args == (key,)


def test_addresses_are_objects_of_any_class():
    Row = namedtuple("Row", ["id", "country_code", "name"])
    assert label(PARCEL | {"to": BOB}) == "1 x Bob, FR (no note)"
    assert label(PARCEL | {"to": Row(7, "DE", "Cleo")}) == "1 x Cleo, DE (no note)"
    assert label(PARCEL | {"to": SimpleNamespace(name="Dan", country_code="IT")}) == "1 x Dan, IT (no note)"


MISTAKES = {
    "grams": ({"grams": "heavy"}, "Parcel.grams", TypeError),
    "negative": ({"grams": -1}, "Parcel.grams", OverflowError),
    "count": ({"count": 2.5}, "Parcel.count", TypeError),
    "no count": ({"count": None}, "Parcel.count", TypeError),
    "express": ({"express": "yes"}, "Parcel.express", TypeError),
    "note": ({"note": 5}, "Parcel.note", TypeError),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_error_names_the_field_and_has_its_cause(mistake):
    change, field, cause = MISTAKES[mistake]
    for function in (postage, label):
        with pytest.raises(TypeError) as error:
            function(PARCEL | change)
        assert str(error.value) == f"failed to extract field {field}"
        assert isinstance(error.value.__cause__, cause)


def causes(error):
    while error is not None:
        yield type(error), str(error)
        error = error.__cause__


@pytest.mark.parametrize("code", ["ch", "CHE", "", "C1", "ÄÖ"])
def test_a_country_code_is_checked(code):
    with pytest.raises(TypeError) as error:
        postage(PARCEL | {"to": Customer("Ada", code)})
    found = list(causes(error.value))
    assert found[:2] == [
        (TypeError, "failed to extract field Parcel.to"),
        (TypeError, "failed to extract field Address.country"),
    ]
    assert found[2][0] is ValueError
    assert code in found[2][1]


def test_an_address_needs_its_attributes():
    with pytest.raises(TypeError) as error:
        postage(PARCEL | {"to": SimpleNamespace(name="Dan")})
    assert isinstance(error.value.__cause__, AttributeError)
    with pytest.raises(TypeError) as error:
        postage(PARCEL | {"to": {"name": "Dan", "country_code": "IT"}})
    assert isinstance(error.value.__cause__, AttributeError)


@pytest.mark.parametrize("size", ["L", 2.5, (1, 2), {"length": 3}, None, {"width": 3, "height": 3}], ids=repr)
def test_other_sizes_are_refused(size):
    with pytest.raises(TypeError) as error:
        postage(PARCEL | {"size": size})
    assert str(error.value) == "failed to extract field Parcel.size"
    for form in ("Cube", "Sides", "Envelope", "Box", "Tube"):
        assert form in str(error.value.__cause__)


def test_an_order_is_sent():
    order = '{"grams": 400, "size": {"length": 30, "width": 20, "height": 10}, "express": true}'
    assert send(order, ADA) == "1 x Ada, CH (no note): 20.00"
    assert send(order, BOB) == "1 x Bob, FR (no note): 60.00"
