"""What only Python can see: names, keyword arguments, messages, and how all the parts work together."""

import pytest
from testing_from_both_sides import mix

from sample import between


@pytest.mark.parametrize(
    ("colours", "expected"),
    [(["#ff8000"], "#ff8000"), (["#000000", "#FFFFFF"], "#7f7f7f"), (["#102030"] * 300, "#102030")],
    ids=["one", "two", "many"],
)
def test_colours_are_mixed(colours, expected):
    assert mix(colours) == expected
    assert mix(colours=tuple(colours)) == expected
    assert mix(iter(colours)) == expected


@pytest.mark.parametrize(
    ("colours", "message"),
    [
        ([], "there are no colours"),
        (["red"], "a colour begins with '#'"),
        (["#ff8000", "#12345"], "5 digits instead of 6"),
        (["#ff800g"], "'g' isn't a hexadecimal digit"),
    ],
    ids=["none", "hash", "length", "digit"],
)
def test_flaws_are_value_errors(colours, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        mix(colours)


def test_exceptions_of_the_iterable_arrive():
    error = OSError("the palette is gone")

    def palette():
        yield "#ff8000"
        raise error

    with pytest.raises(OSError) as caught:
        mix(palette())
    assert caught.value is error


def test_a_palette():
    assert between([]) == []
    assert between(["#000000", "#202020", "#404040"]) == ["#101010", "#303030"]
