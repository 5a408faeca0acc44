import pytest
from static_and_class_methods import Colour


def rgb(colour):
    return colour.red, colour.green, colour.blue


def test_a_text_is_checked_without_a_colour():
    for text in ("#000000", "#ff8800", "#FF88aa"):
        assert Colour.is_hex(text) is True
    for text in ("", "#", "ff8800", "#ff880", "#ff88000", "#gg0000", "#+1+1+1", "#ää"):
        assert Colour.is_hex(text) is False


def test_an_object_can_be_asked_too():
    assert Colour(1, 2, 3).is_hex("#ff8800") is True
    assert Colour(1, 2, 3).is_hex("orange") is False


def test_a_colour_is_made_from_a_text():
    colour = Colour.from_hex("#ff8800")
    assert type(colour) is Colour
    assert rgb(colour) == (255, 136, 0)
    assert rgb(Colour.from_hex("#0a0B0c")) == (10, 11, 12)


def test_an_invalid_colour_is_refused():
    assert rgb(Colour.from_hex("#000001")) == (0, 0, 1)
    for text in ("", "orange", "#ff880", "#+1+1+1"):
        with pytest.raises(ValueError):
            Colour.from_hex(text)
    with pytest.raises(TypeError):
        Colour.from_hex(0xFF8800)


def test_a_derived_class_makes_its_own_objects():
    from sample import BrandColour

    orange, navy = BrandColour.from_hex("#ff8800"), BrandColour.from_hex("#000080")
    assert type(orange) is BrandColour
    assert [orange.text(), navy.text()] == ["black", "white"]
    assert type(orange.from_hex("#000080")) is BrandColour


def test_the_class_is_called():
    made = []

    class Counted(Colour):
        def __init__(self, red, green, blue):
            made.append((red, green, blue))

    assert rgb(Counted.from_hex("#010203")) == (1, 2, 3)
    assert made == [(1, 2, 3)]


def test_the_class_has_attributes():
    assert Colour.count == 16_777_216
    assert type(Colour.white) is Colour
    assert rgb(Colour.white) == (255, 255, 255)
    assert Colour.white is Colour.white
    assert Colour(0, 0, 0).white is Colour.white
